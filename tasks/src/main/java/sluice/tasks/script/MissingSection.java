package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import java.util.LinkedHashMap;
import java.util.Map;
import sluice.tasks.csv.Missing;

/** Reads the section {@code data.missing}. */
final class MissingSection {
    static final ImmutableList<String> KEYS = ImmutableList.of("text", "fill");
    private static final String MEAN = "mean";
    private static final Range<Double> FLOATS = Range.closed((double) -Float.MAX_VALUE, (double) Float.MAX_VALUE);

    private MissingSection() {}

    static Missing read(Section missing) {
        return new Missing(
                missing.value("text").map(MissingSection::text).orElse(""),
                missing.value("fill").map(MissingSection::fill).orElse(new Missing.Fill.Refused()));
    }

    private static String text(Value value) {
        if (value.text().isEmpty()) {
            throw value.error("must be what stands in a missing cell, got nothing: empty cells are missing anyway");
        }
        return value.text();
    }

    private static Missing.Fill fill(Value value) {
        if (value.node() instanceof Node.Scalar scalar && scalar.text().equals(MEAN)) {
            return new Missing.Fill.Mean();
        }
        if (value.node() instanceof Node.Scalar scalar && !NumberText.isReal(scalar.text())) {
            throw value.mustBe("a number or " + MEAN);
        }
        return new Missing.Fill.Constant(value.real(FLOATS));
    }

    static Map<String, Object> settings(Missing missing) {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (!missing.text().isEmpty()) {
            settings.put("text", missing.text());
        }
        if (missing.fill() instanceof Missing.Fill.Constant constant) {
            settings.put("fill", constant.number());
        } else if (missing.fill() instanceof Missing.Fill.Mean) {
            settings.put("fill", MEAN);
        }
        return settings;
    }
}
