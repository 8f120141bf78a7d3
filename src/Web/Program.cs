using Web.Cli;

return await Commands.RunAsync(args);
