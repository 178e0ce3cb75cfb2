// What Magenta.js' MusicRNN expects after each event: node musicrnn.cjs FOLDER EVENTS
// EVENTS is a JSON list of classes. Prints JSON: probabilities after each event, and the range of pitches that it took from the folder.
const http = require('node:http'), fs = require('node:fs'), path = require('node:path');
console.log = console.info = console.warn = () => {};
const { MusicRNN } = require('@magenta/music/node/music_rnn');
const tf = require('@tensorflow/tfjs');
const [folder, events] = process.argv.slice(2);
const server = http.createServer((request, response) => fs.createReadStream(path.join(folder, path.basename(request.url))).pipe(response));
server.listen(0, '127.0.0.1', async () => {
  try {
    const model = new MusicRNN(`http://127.0.0.1:${server.address().port}`);
    await model.initialize();
    const classes = model.lstmFcB.shape[0], played = JSON.parse(events), rows = [];
    for (let length = 1; length <= played.length; length++) {
      const inputs = tf.oneHot(tf.tensor1d(played.slice(0, length), 'int32'), classes);
      rows.push([...await model.sampleRnn(inputs, 1, 1, undefined, undefined, true).probs[0].data()]);
    }
    const { minPitch, maxPitch } = model.dataConverter;
    process.stdout.write(JSON.stringify({ probabilities: rows, range: [minPitch, maxPitch] }), () => process.exit(0));
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
});
