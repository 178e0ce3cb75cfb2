#:project ../src/RLTuner/RLTuner.csproj
#:project ../src/RLTuner.Onnx/RLTuner.Onnx.csproj
#:project ../src/RLTuner.TensorFlow/RLTuner.TensorFlow.csproj
#:property PublishAot=false

// A net in the form that another program reads: dotnet run -c Release samples/convert-a-net.cs
// Leaves note-rnn.onnx and note-rnn.mag, and says what they do not say.
using RLTuner.NoteRnn;
using RLTuner.Onnx;
using RLTuner.TensorFlow.Nets;

NoteRnnModel net = ShippedNoteRnn.Load("plain");
IReadOnlyList<string> remarks = TensorFlowNetFormat.Bundle.Export(net, "note-rnn.mag");
OnnxNetFormat.Format.Export(net, "note-rnn.onnx");
Console.WriteLine(string.Join('\n', remarks));
Console.WriteLine(OnnxNetFormat.Format.Read("note-rnn.onnx", new ExpectedNet()).Shape);
