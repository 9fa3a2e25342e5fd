package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;

/** Reads {@code gates.slope}: a number, or a mapping that names a schedule. */
final class SlopeSection {
    static final ImmutableList<String> KEYS = ImmutableList.of("schedule", "start", "rate", "limit");
    private static final Range<Double> POSITIVE = Range.greaterThan(0.0);
    private static final Range<Double> FACTORS = Range.atLeast(1.0);

    private enum Schedule {
        CONSTANT,
        LINEAR,
        EXPONENTIAL
    }

    private SlopeSection() {}

    static SlopeSettings read(Value slope) {
        if (!slope.isMapping()) {
            return new SlopeSettings.Constant(slope.real(POSITIVE));
        }
        Section section = Section.of(slope, KEYS);
        double start = section.real("start", POSITIVE, 1);
        return switch (section.choice("schedule", Schedule.CONSTANT)) {
            case CONSTANT -> constant(section, start);
            case LINEAR -> new SlopeSettings.Linear(start, section.real("rate", POSITIVE, 0.04), limit(section, start));
            case EXPONENTIAL ->
                new SlopeSettings.Exponential(start, section.real("rate", FACTORS, 1.04), limit(section, start));
        };
    }

    private static SlopeSettings constant(Section section, double start) {
        String reason = "has no meaning where schedule is constant: choose schedule: linear or exponential";
        section.refuse("rate", reason);
        section.refuse("limit", reason);
        return new SlopeSettings.Constant(start);
    }

    private static double limit(Section section, double start) {
        double limit = section.real("limit", POSITIVE, 5);
        if (limit < start) {
            throw section.error("limit", "must be at least start, which is %s, got %s".formatted(start, limit));
        }
        return limit;
    }
}
