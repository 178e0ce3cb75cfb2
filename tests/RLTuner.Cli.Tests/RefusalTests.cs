namespace RLTuner.Cli.Tests;

/// <summary>What cannot be done is refused in one to three lines that say where and what; the exit code tells wrong usage (2) from failure (1).</summary>
public sealed class RefusalTests(BadFiles files) : IClassFixture<BadFiles>
{
    private const string Tune = "tune --output-dir @run --note-rnn ";

    [Theory]
    [InlineData("", "Tunes")]
    [InlineData("--help", "Tunes")]
    [InlineData("--version", ".")]
    public void Asking_what_it_is_is_no_failure(string line, string word) => Assert.Contains(word, Run(line).Done().Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("frobnicate", "frobnicate", "rltuner --help")]
    [InlineData(Tune + "@net.safetensors --frobnicate 3", "--frobnicate", "rltuner tune --help")]
    [InlineData("explain", "melody files")]
    [InlineData("predict --model @net.safetensors", "melody files")]
    [InlineData("evaluate @good.jsonl --model @net.safetensors", "either", "both")]
    [InlineData(Tune + "@net.safetensors --training-steps many", "--training-steps", "whole number", "many")]
    [InlineData(Tune + "@net.safetensors --training-steps 0", "--training-steps", "from 1 to 1000000000000", "found '0'")]
    [InlineData(Tune + "@net.safetensors --discount 1.5", "--discount", "from 0 to 1", "1.5")]
    [InlineData(Tune + "@net.safetensors --learning-rate 0", "--learning-rate", "above 0 to 1000")]
    [InlineData(Tune + "@net.safetensors --max-experience 8", "--max-experience", "32", "found 8")]
    [InlineData(Tune + "@net.safetensors --random-action-probability -1", "--random-action-probability", "from 0 to 1", "'-1'")]
    [InlineData(Tune + "@net.safetensors --reward-scaler NaN", "--reward-scaler", "from -1000000 to 1000000", "NaN")]
    [InlineData(Tune + "@net.safetensors --num-notes-in-melody 1", "--num-notes-in-melody", "from 2 to 65536")]
    [InlineData(Tune + "@net.safetensors --algorithm sarsa", "--algorithm", "psi", "sarsa")]
    [InlineData(Tune + "@net.safetensors --key H#", "C major", "H#")]
    [InlineData(Tune + "@net.safetensors --time-signature 4/5", "6/8", "4/5")]
    [InlineData(Tune + "@net.safetensors --compat magenta --key C", "--key", "Magenta", "--compat corrected")]
    [InlineData(Tune + "@net.safetensors --priming-mode single-midi", "--priming-mode", "midi-primer")]
    [InlineData(Tune + "@net.safetensors --note-rnn-checkpoint-dir .", "either", "both")]
    [InlineData("tune --note-rnn-checkpoint-name model.ckpt-1", "--note-rnn-checkpoint-dir")]
    [InlineData(Tune + "@model.ckpt-1 --note-rnn-type default", "default", "basic-rnn")]
    [InlineData(Tune + "@net.safetensors --rules @rules-unknown.json", "kye", "repeated_motif")]
    [InlineData(Tune + "@net.safetensors --rules @rules-word.json", "--rules", "key")]
    [InlineData(Tune + "@net.safetensors --rules @rules-null.json", "--rules", "weights by rule")]
    [InlineData(Tune + "@net.safetensors --rules @rules-torn.json", "--rules", "weights by rule")]
    [InlineData("compose --model @net.safetensors --count 0", "--count", "from 1 to 1000000", "found '0'")]
    [InlineData("compose --model @net.safetensors --temperature 0", "--temperature", "above 0 to 1000000")]
    [InlineData("compose --model @net.safetensors --program 128", "--program", "127")]
    [InlineData("compose --model @net.safetensors --tempo 0", "--tempo", "3.6")]
    [InlineData("evaluate --model @net.safetensors --count -5", "--count", "-5")]
    [InlineData("evaluate --model @net.safetensors --num-notes-in-melody 0", "--num-notes-in-melody", "from 1 to 65536")]
    public void Wrong_usage_ends_with_2(string line, params string[] words) => Run(line).Refused(2, words);

    [Theory]
    [InlineData(Tune + "@absent", "absent", "no such file")]
    [InlineData(Tune + "@absent.safetensors", "absent.safetensors", "no such file")]
    [InlineData(Tune + "@torn.ckpt-1", "torn.ckpt-1", "truncated")]
    [InlineData(Tune + "@corrupt.ckpt-1", "corrupt.ckpt-1", "damaged")]
    [InlineData(Tune + "@second.ckpt-1", "second.ckpt-1.data-00000-of-00001", "damaged")]
    [InlineData(Tune + "@torn.safetensors", "torn.safetensors", "cut short")]
    [InlineData(Tune + "@nan.safetensors", "nan.safetensors", "NaN")]
    [InlineData(Tune + "@none.mag", "none.mag", "bundle")]
    [InlineData(Tune + "@net.safetensors --classes 29", "29", "found 38", "--classes 38")]
    [InlineData(Tune + "@narrow.safetensors --classes 38", "with 38", "found 29", "--classes 29")]
    [InlineData(Tune + "@model.ckpt-1 --classes 29", "29", "found 38", "--classes 38")]
    [InlineData(Tune + "@net.safetensors --rules @absent.json", "--rules", "absent.json")]
    [InlineData(Tune + "@net.safetensors --midi-primer @absent.mid", "absent.mid")]
    [InlineData(Tune + "@net.safetensors --midi-primer @silent.mid", "silent.mid", "melod")]
    [InlineData(Tune + "@net.safetensors --training-data-path @nothing.jsonl", "nothing.jsonl", "melod")]
    [InlineData("tune --note-rnn @net.safetensors --output-dir @good.jsonl/run", "folder", "good.jsonl in the way")]
    [InlineData("compose --model @net.safetensors --output @good.jsonl/melodies", "folder", "good.jsonl in the way")]
    [InlineData("compose --model @net.safetensors --output @good.jsonl/all.jsonl", "folder", "good.jsonl in the way")]
    [InlineData("checkpoint inspect @absent", "absent", "no such file")]
    [InlineData("checkpoint inspect @torn.safetensors", "torn.safetensors", "cut short")]
    [InlineData("checkpoint unpack @model.ckpt-1", "model.ckpt-1", "bundle")]
    [InlineData("explain @absent.mid", "absent.mid", "expected a file")]
    [InlineData("explain @nothing.mid", "nothing.mid", "MIDI")]
    [InlineData("explain @silent.mid", "silent.mid", "melod")]
    [InlineData("explain @high.mid", "high.mid", "C3 to B5", "E7")]
    [InlineData("explain @nothing.jsonl", "nothing.jsonl", "melod")]
    [InlineData("explain --input @torn.jsonl", "torn.jsonl, line 2", "{\"events\"")]
    [InlineData("evaluate @class.jsonl", "class.jsonl, line 1", "0 to 37", "38")]
    [InlineData("evaluate @net.safetensors", "net.safetensors", ".mid")]
    [InlineData("predict --note-rnn @net.safetensors @high.mid", "high.mid", "C3 to B5")]
    public void Failure_ends_with_1(string line, params string[] words) => Run(line).Refused(1, words);

    [Theory]
    [InlineData("--midi-primer @absent.mid")]
    [InlineData("--midi-primer @silent.mid")]
    [InlineData("--training-data-path @nothing.jsonl")]
    public void A_refused_run_leaves_no_folder(string options)
    {
        Run($"{Tune.Replace("@run", "@never", StringComparison.Ordinal)}@net.safetensors {options}").Refused(1);
        Assert.False(Directory.Exists(files.PathTo("never")));
    }

    private Result Run(string line) => Rltuner.Run([.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word[0] == '@' ? files.PathTo(word[1..]) : word)]);
}
