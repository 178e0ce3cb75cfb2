/** The instruments by name, with their General MIDI programs; apart from their sound, so that the page can name them before it is loaded. */
export const voicePrograms = { piano: 0, guitar: 24, bells: 10, flute: 73, strings: 48 } as const;
export type VoiceName = keyof typeof voicePrograms;
export const voiceNames = Object.keys(voicePrograms) as VoiceName[];
