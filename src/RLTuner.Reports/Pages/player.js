// Plays the melodies of the page. A button's data-notes holds "pitch,start,length" in steps, apart by spaces, and data-seconds a step's length.
'use strict';
const Player = (() => {
  const attack = 0.01, release = 0.06;
  let context = null, playing = null;

  const parse = text => text.split(' ').filter(Boolean).map(note => {
    const [pitch, start, length] = note.split(',').map(Number);
    return { pitch, start, length };
  });

  // One note: a triangle and a softer octave above it, plucked. Any context will do, also an OfflineAudioContext.
  function sound(audio, output, pitch, at, duration) {
    const frequency = 440 * 2 ** ((pitch - 69) / 12);
    const volume = audio.createGain();
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.3, at + attack);
    volume.gain.exponentialRampToValueAtTime(0.1, at + Math.max(attack + 0.01, duration));
    volume.gain.linearRampToValueAtTime(0, at + Math.max(attack + 0.01, duration) + release);
    volume.connect(output);
    return [[1, 'triangle', 1], [2, 'sine', 0.25]].map(([multiple, shape, level]) => {
      const voice = audio.createOscillator(), part = audio.createGain();
      voice.type = shape;
      voice.frequency.value = frequency * multiple;
      part.gain.value = level;
      voice.connect(part).connect(volume);
      voice.start(at);
      voice.stop(at + duration + attack + release + 0.05);
      return voice;
    });
  }

  // Puts all notes of a melody on the clock of a context; gives the voices, to be stopped early.
  const schedule = (audio, output, notes, at, seconds) =>
    notes.flatMap(note => sound(audio, output, note.pitch, at + note.start * seconds, note.length * seconds));

  function stop() {
    if (!playing) return;
    const { button, voices, picture, frame } = playing;
    playing = null;
    cancelAnimationFrame(frame);
    voices.forEach(voice => { try { voice.stop(); } catch { /* it has ended */ } });
    picture?.classList.remove('playing');
    label(button, false);
  }

  function label(button, on) {
    button.setAttribute('aria-pressed', on);
    button.textContent = on ? '■ Stop' : '▶ Play';
    button.setAttribute('aria-label', (on ? 'Stop ' : 'Play ') + button.dataset.name);
  }

  async function play(button) {
    stop();
    context ??= new AudioContext();
    await context.resume();
    const { left, width, steps, seconds } = Object.fromEntries(['left', 'width', 'steps', 'seconds'].map(name => [name, Number(button.dataset[name])]));
    const picture = button.closest('figure')?.querySelector('svg'), cursor = picture?.querySelector('.cursor');
    const start = context.currentTime + 0.06;
    const mine = { button, picture, voices: schedule(context, context.destination, parse(button.dataset.notes), start, seconds), frame: 0 };
    playing = mine;
    picture?.classList.add('playing');
    label(button, true);
    const move = () => {
      if (playing !== mine) return;
      const step = (context.currentTime - start) / seconds;
      if (step > steps + 1) return stop();
      const x = left + Math.min(Math.max(step, 0), steps) * width;
      cursor?.setAttribute('x1', x);
      cursor?.setAttribute('x2', x);
      mine.frame = requestAnimationFrame(move);
    };
    move();
  }

  document.addEventListener('click', event => {
    const button = event.target.closest('button[data-notes]');
    if (button) playing?.button === button ? stop() : play(button);
  });
  return { parse, schedule, play, stop };
})();
window.Player = Player;
