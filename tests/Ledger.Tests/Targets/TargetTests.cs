using Ledger.EventStore;
using Ledger.Promises;
using Ledger.Recording;
using Ledger.Targets;
using Testing;

namespace Ledger.Tests.Targets;

public sealed class TargetTests
{
    private static readonly StreamKey s_stream = StreamKey.Target("musterstadt-emissionen");
    private readonly List<RecordedEvent> _recorded = [];

    private Target Target => Target.From(_recorded);

    private static TargetSet Set(decimal? baseValue) =>
        new TargetSet
        {
            Title = new("60 Prozent weniger (erfunden)"),
            Indicator = new("Emissionen"),
            Municipality = Sample.Town,
            Direction = Direction.ReduceBy,
            Value = 60,
            Unit = "%",
            Base = new BaseValue(1990, baseValue),
            Year = 2025,
        }.On("2020");

    private static Measured Measured(string year, decimal value) =>
        new Measured
        {
            Period = Edtf.Parse(year),
            Value = value,
            Unit = "Mio. t",
            Publisher = "Stadt Musterstadt (erfunden)",
        }.On(year);

    private Decision When(Event e)
    {
        var decision = Target.Decide(s_stream, e, DateTimeOffset.UnixEpoch);
        if (decision is Decision.Accepted)
        {
            _recorded.Add(
                RecordedEvent.Of(
                    e,
                    s_stream,
                    _recorded.Count + 1,
                    DateTimeOffset.UnixEpoch,
                    Guid.CreateVersion7()
                ) with
                {
                    Index = _recorded.Count,
                }
            );
        }

        return decision;
    }

    [Fact]
    public void Without_a_base_value_a_reduction_cannot_be_assessed_and_says_what_is_missing()
    {
        When(Set(null));
        When(Measured("2017", 2.15m));

        var assessment = Target.Assess();
        assessment.IsPossible.ShouldBeFalse();
        assessment.ChangePercent.ShouldBeNull();
        assessment.Latest!.Value.ShouldBe(2.15m);
        assessment.Gaps.ShouldBe(
            [Missing.BaseValue, Missing.TargetYearMeasurement, Missing.Gas, Missing.Boundary],
            ignoreOrder: true
        );
    }

    [Fact]
    public void With_base_and_target_year_the_change_is_a_number()
    {
        When(Set(5m));
        When(Measured("2025", 2.5m));

        var assessment = Target.Assess();
        assessment.IsPossible.ShouldBeTrue();
        assessment.ChangePercent.ShouldBe(-50m);
    }

    [Fact]
    public void A_measurement_of_the_base_year_is_the_base_value()
    {
        When(Set(null));
        When(Measured("1990", 4m));
        When(Measured("2019", 3m));
        Target.Assess().ChangePercent.ShouldBe(-25m);
        Target.Assess().Gaps.ShouldContain(Missing.TargetYearMeasurement);
    }

    [Fact]
    public void A_restated_value_replaces_the_earlier_one_and_both_stay_on_record()
    {
        When(Set(null));
        When(Measured("2022", 217.2m));
        var id = _recorded[1].Id;
        var restated = new Restated
        {
            Measurement = id,
            From = 217.2m,
            To = 218.0m,
            Why = new("Vorläufiger Wert ersetzt."),
        }.On("2025-02-07");
        When(restated).ShouldBeOfType<Decision.Accepted>();

        var measurement = Target.Measurements().ShouldHaveSingleItem();
        measurement.Value.ShouldBe(218.0m);
        measurement.Measured.Value.ShouldBe(217.2m);
        When(restated).ShouldBeOfType<Decision.Refused>().Reason.En!.ShouldContain("218");
        When(restated with { Measurement = Guid.CreateVersion7() })
            .ShouldBeOfType<Decision.Refused>()
            .Reason.En!.ShouldContain("not on this target");
    }

    [Fact]
    public void A_target_is_set_once_and_takes_only_its_own_events()
    {
        When(Measured("2017", 1m)).ShouldBeOfType<Decision.Refused>();
        When(Set(null)).ShouldBeOfType<Decision.Accepted>();
        When(Set(null)).ShouldBeOfType<Decision.Refused>();
        When(new Started().On("2021"))
            .ShouldBeOfType<Decision.Refused>()
            .Reason.En!.ShouldContain("'started'");
    }

    [Fact]
    public void What_a_restatement_rests_on_is_neither_retracted_nor_corrected_away()
    {
        When(Set(null));
        When(Measured("2017", 217.2m));
        var id = _recorded[1].Id;
        When(
            new Restated
            {
                Measurement = id,
                From = 217.2m,
                To = 218.0m,
                Why = new("Erfunden."),
            }.On("2019")
        );
        Code(new Retracted { Event = id, Reason = new("Erfunden.") }.On("2026"))
            .ShouldBe("measurement-unknown");
        Code(
                new Corrected
                {
                    Event = id,
                    Field = "value",
                    From = System.Text.Json.JsonSerializer.SerializeToElement("217.2"),
                    To = System.Text.Json.JsonSerializer.SerializeToElement("217.3"),
                    Reason = new("Erfunden."),
                }.On("2026")
            )
            .ShouldBe("measurement-says-otherwise");

        string Code(Event e) => When(e).ShouldBeOfType<Decision.Refused>().Code;
    }
}
