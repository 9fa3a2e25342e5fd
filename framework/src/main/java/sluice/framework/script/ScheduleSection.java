package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Range;
import java.util.Arrays;
import java.util.stream.Collectors;
import sluice.gating.Schedule;
import sluice.tasks.script.Section;
import sluice.tasks.script.Value;

/** Reads a slope or a temperature: a number, or a mapping that names a schedule. */
final class ScheduleSection {
    static final ImmutableList<String> KEYS = ImmutableList.of("schedule", "start", "rate", "limit", "end");
    private static final Range<Double> POSITIVE = Range.greaterThan(0.0);

    private enum Kind {
        CONSTANT("start"),
        LINEAR("start", "rate", "limit"),
        EXPONENTIAL("start", "rate", "limit"),
        COSINE("start", "end"),
        HAT("limit");

        private final ImmutableList<String> keys;

        Kind(String... keys) {
            this.keys = ImmutableList.copyOf(keys);
        }
    }

    private ScheduleSection() {}

    /** Reads a key of a section, whose numbers are above 0; without it, the default throughout. */
    static Schedule read(Section section, String name, double otherwise) {
        return section.value(name)
                .filter(Value::isMapping)
                .map(value -> read(value, POSITIVE))
                .orElseGet(() -> new Schedule.Constant(section.real(name, POSITIVE, otherwise)));
    }

    /**
     * @param value a number or a mapping
     * @param numbers what a number may be; the values of a mapping are above 0
     */
    static Schedule read(Value value, Range<Double> numbers) {
        if (!value.isMapping()) {
            return new Schedule.Constant(value.real(numbers));
        }
        Section section = Section.of(value, KEYS);
        Kind kind = section.choice("schedule", Kind.CONSTANT);
        refuseOthers(section, kind);
        return switch (kind) {
            case CONSTANT -> new Schedule.Constant(start(section));
            case LINEAR -> linear(section);
            case EXPONENTIAL -> exponential(section);
            case COSINE ->
                new Schedule.Cosine(
                        start(section), section.required("end", "end: 0.1").real(POSITIVE));
            case HAT -> new Schedule.Hat(section.real("limit", Range.atLeast(1.0), 400));
        };
    }

    private static void refuseOthers(Section section, Kind kind) {
        for (String key : KEYS) {
            if (!key.equals("schedule") && !kind.keys.contains(key)) {
                String others = Arrays.stream(Kind.values())
                        .filter(other -> other.keys.contains(key))
                        .map(Section::word)
                        .collect(Collectors.joining(", "));
                section.refuseWhere(
                        "schedule",
                        Section.word(kind),
                        key,
                        "has no meaning where schedule is %s: remove it, or choose a schedule that takes it (%s)"
                                .formatted(Section.word(kind), others));
            }
        }
    }

    private static double start(Section section) {
        return section.real("start", POSITIVE, 1);
    }

    private static Schedule linear(Section section) {
        double start = start(section);
        double rate = section.real("rate", Range.all(), 0.04);
        if (rate == 0) {
            throw section.error("rate", "must not be 0: choose schedule: constant");
        }
        return new Schedule.Linear(start, rate, limit(section, start, rate > 0));
    }

    private static Schedule exponential(Section section) {
        double start = start(section);
        double rate = section.real("rate", POSITIVE, 1.04);
        return new Schedule.Exponential(start, rate, limit(section, start, rate >= 1));
    }

    private static double limit(Section section, double start, boolean grows) {
        if (grows) {
            double limit = section.real("limit", POSITIVE, 5);
            if (limit < start) {
                throw section.error("limit", "must be at least start, which is %s, got %s".formatted(start, limit));
            }
            return limit;
        }
        double limit = section.required("limit", "limit: " + start / 10).real(POSITIVE);
        if (limit > start) {
            throw section.error(
                    "limit",
                    "must be at most start, which is %s, where rate makes the value fall, got %s"
                            .formatted(start, limit));
        }
        return limit;
    }

    /** A schedule as a script has it. */
    static Object settings(Schedule schedule) {
        if (schedule instanceof Schedule.Linear linear) {
            return ImmutableMap.of(
                    "schedule", "linear", "start", linear.start(), "rate", linear.rate(), "limit", linear.limit());
        }
        if (schedule instanceof Schedule.Exponential exponential) {
            return ImmutableMap.of(
                    "schedule",
                    "exponential",
                    "start",
                    exponential.start(),
                    "rate",
                    exponential.rate(),
                    "limit",
                    exponential.limit());
        }
        if (schedule instanceof Schedule.Cosine cosine) {
            return ImmutableMap.of("schedule", "cosine", "start", cosine.start(), "end", cosine.end());
        }
        if (schedule instanceof Schedule.Hat hat) {
            return ImmutableMap.of("schedule", "hat", "limit", hat.limit());
        }
        return ((Schedule.Constant) schedule).value();
    }
}
