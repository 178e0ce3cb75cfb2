// Logits of an ONNX model by onnxruntime-web after each step: node onnx.mjs MODEL FEEDS
// FEEDS is a file with a JSON list of steps, each an object of numbers by input. States begin at zero and go from step to step.
import fs from 'node:fs';
import * as ort from 'onnxruntime-web';
ort.env.wasm.numThreads = 1;
const [model, feeds] = process.argv.slice(2);
const session = await ort.InferenceSession.create(fs.readFileSync(model), { executionProviders: ['wasm'] });
let state = {};
for (const input of session.inputMetadata.filter(input => input.type === 'float32')) {
  const width = input.shape[1];
  state[input.name] = new ort.Tensor('float32', new Float32Array(width), [1, width]);
}
const rows = [];
for (const step of JSON.parse(fs.readFileSync(feeds, 'utf8'))) {
  const numbers = Object.fromEntries(Object.entries(step).map(([name, number]) => [name, new ort.Tensor('int64', BigInt64Array.of(BigInt(number)), [1])]));
  const results = await session.run({ ...numbers, ...state });
  rows.push([...results.logits.data]);
  state = Object.fromEntries(Object.keys(state).map(name => [name, results[`next_${name}`]]));
}
process.stdout.write(JSON.stringify(rows), () => process.exit(0));
