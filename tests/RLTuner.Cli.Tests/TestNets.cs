using RLTuner.Music;
using RLTuner.NoteRnn;
using RLTuner.Tests.NoteRnn;

namespace RLTuner.Cli.Tests;

/// <summary>Small nets of random numbers as files, so that tests run in moments and anywhere.</summary>
internal static class TestNets
{
    /// <summary>Writes a net of one small layer over the default encoding and gives its path.</summary>
    public static string Small(string folder, string name = "net.safetensors")
    {
        string path = Path.Combine(folder, name);
        NoteRnnFile.Save(new NoteRnnModel(RandomNets.Weights(new NoteRnnShape(38, [8]), 1), MelodyEncoding.Default), path);
        return path;
    }

    /// <summary>Writes a net of two layers and another range: 29 classes, G2 up.</summary>
    public static string Narrow(string folder)
    {
        string path = Path.Combine(folder, "narrow.safetensors");
        MelodyEncoding encoding = new(new Pitch(43), 29);
        NoteRnnFile.Save(new NoteRnnModel(RandomNets.Weights(new NoteRnnShape(29, [8, 6]), 2), encoding), path);
        return path;
    }
}
