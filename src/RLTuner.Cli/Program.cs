using RLTuner.Cli;
using RLTuner.Cli.Display;

Terminal.Prepare();
return Application.Run(args);
