package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Range;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import sluice.tasks.csv.Missing;

/** Reads the section {@code data.missing}. */
final class MissingSection {
    static final ImmutableList<String> KEYS = ImmutableList.of("text", "fill");
    private static final String MEAN = "mean";
    private static final Range<Double> FLOATS = Range.closed((double) -Float.MAX_VALUE, (double) Float.MAX_VALUE);

    private MissingSection() {}

    static Missing read(Section missing) {
        return new Missing(
                missing.value("text").map(MissingSection::texts).orElse(ImmutableSet.of()),
                missing.value("fill").map(MissingSection::fill).orElse(new Missing.Fill.Refused()));
    }

    /** One text, or a list of them. */
    private static ImmutableSet<String> texts(Value value) {
        if (!(value.node() instanceof Node.Sequence)) {
            return ImmutableSet.of(text(value));
        }
        Set<String> texts = new LinkedHashSet<>();
        for (Value item : value.items("a text, or a list of texts like [\"?\", NA]")) {
            if (!texts.add(text(item))) {
                throw item.error("is there already: remove one");
            }
        }
        return ImmutableSet.copyOf(texts);
    }

    private static String text(Value value) {
        if (value.text().isEmpty()) {
            throw value.error("must be what stands in a missing cell, got nothing: empty cells are missing anyway");
        }
        return value.text();
    }

    private static Missing.Fill fill(Value value) {
        if (value.is(MEAN)) {
            return new Missing.Fill.Mean();
        }
        if (value.node() instanceof Node.Scalar scalar && !NumberText.isReal(scalar.text())) {
            throw value.mustBe("a number or " + MEAN);
        }
        return new Missing.Fill.Constant(value.real(FLOATS));
    }

    static Map<String, Object> settings(Missing missing) {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (!missing.texts().isEmpty()) {
            settings.put(
                    "text",
                    missing.texts().size() == 1
                            ? missing.texts().asList().get(0)
                            : missing.texts().asList());
        }
        if (missing.fill() instanceof Missing.Fill.Constant constant) {
            settings.put("fill", constant.number());
        } else if (missing.fill() instanceof Missing.Fill.Mean) {
            settings.put("fill", MEAN);
        }
        return settings;
    }
}
