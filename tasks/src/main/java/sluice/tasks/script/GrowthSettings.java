package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Range;

/** When hidden layers are widened before a task that would find too few free units. {@link ScriptReader} checks the ranges. */
public sealed interface GrowthSettings {
    /** Threshold of a fixed share where the script gives none. */
    double DEFAULT_THRESHOLD = 0.25;

    /** As a script has it. */
    Object settings();

    /** Never. */
    record None() implements GrowthSettings {
        @Override
        public Object settings() {
            return "none";
        }
    }

    /** By what the last tasks took. */
    record Auto() implements GrowthSettings {
        @Override
        public Object settings() {
            return "auto";
        }
    }

    /**
     * By a fixed share of a layer's units.
     *
     * @param share what is added, above 0
     * @param threshold share of units that should be free, in [0, 1]
     */
    record Share(double share, double threshold) implements GrowthSettings {
        static final ImmutableList<String> KEYS = ImmutableList.of("share", "threshold");
        private static final Range<Double> SHARES = Range.openClosed(0.0, 100.0);

        @Override
        public Object settings() {
            return ImmutableMap.of("share", share, "threshold", threshold);
        }

        private static Share read(Section growth) {
            Value share = growth.required("share", "share: 0.25");
            return new Share(share.real(SHARES), growth.real("threshold", Range.closed(0.0, 1.0), DEFAULT_THRESHOLD));
        }
    }

    /** A word, a share, or a share with its threshold. */
    static GrowthSettings read(Value value) {
        if (value.isMapping()) {
            return Share.read(Section.of(value, Share.KEYS));
        }
        if (value.node() instanceof Node.Scalar scalar
                && !scalar.isNull()
                && !scalar.quoted()
                && NumberText.isReal(scalar.text())) {
            return new Share(value.real(Share.SHARES), DEFAULT_THRESHOLD);
        }
        return switch (value.text()) {
            case "auto" -> new Auto();
            case "none" -> new None();
            default ->
                throw value.error("must be auto, none, a share like 0.25, or {share: 0.25, threshold: 0.25}, got %s"
                        .formatted(Complaint.quote(value.text())));
        };
    }
}
