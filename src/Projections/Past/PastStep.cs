using System.Text.Json;
using System.Text.Json.Serialization;
using Ledger.Promises;
using Ledger.Recording;

namespace Projections.Past;

/// <summary>How a promise stood from a day on, by what had happened until then.</summary>
/// <param name="From">First day on which it stood so.</param>
/// <param name="Since">When what led to the status happened.</param>
/// <param name="LastEvent">Latest day on which something but the promise itself is known to have happened.</param>
/// <param name="Committees">Who answered for it.</param>
public sealed record PastStep(
    DateOnly From,
    PromiseStatus Status,
    Edtf? Since,
    DateOnly? LastEvent,
    IReadOnlyList<Responsibility> Committees
)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The steps of a promise, the first on the day on which it was made; before that it was none.</summary>
    public static IReadOnlyList<PastStep> Of(Promise promise)
    {
        List<PastStep> steps = [];
        var status = PromiseStatus.Unchecked;
        Edtf? since = null;
        DateOnly? last = null;
        var committees = promise.First?.Committees ?? [];
        var made = false;
        foreach (var step in promise.Steps)
        {
            if (step.After != status)
            {
                (status, since) = (step.After, step.Event.Body.Occurred);
            }

            var body = step.Event.Body;
            made |= body is Promised;
            committees = (body as Assigned)?.Committees ?? committees;
            if (
                body is not (Promised or Assigned or Linked)
                && body.Occurred?.LatestDay is { } day
                && !(last >= day)
            )
            {
                last = day;
            }

            if (!made)
            {
                continue;
            }

            var now = new PastStep(step.Event.From, status, since, last, committees);
            if (steps.Count > 0 && steps[^1].From == now.From)
            {
                steps[^1] = now;
            }
            else if (steps.Count == 0 || steps[^1] with { From = now.From } != now)
            {
                steps.Add(now);
            }
        }

        return steps;
    }

    /// <summary>The step that holds on a day; null when the promise had not been made.</summary>
    public static PastStep? On(IReadOnlyList<PastStep> steps, DateOnly day) =>
        steps.LastOrDefault(s => s.From <= day);

    internal static string Write(IReadOnlyList<PastStep> steps) =>
        JsonSerializer.Serialize(steps, s_json);

    internal static IReadOnlyList<PastStep> Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<List<PastStep>>(json, s_json)!;
}
