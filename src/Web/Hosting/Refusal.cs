namespace Web.Hosting;

/// <summary>The program cannot do what it was asked; the message is for the operator, and the exit code is 1.</summary>
public sealed class Refusal(string message) : Exception(message);
