package sluice.framework.script;

import com.google.common.collect.ImmutableBiMap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Range;
import java.util.Map;
import java.util.Optional;
import sluice.framework.network.Growth;
import sluice.tasks.script.Complaint;
import sluice.tasks.script.Section;
import sluice.tasks.script.Value;

/** Reads and writes the key {@code network.growth}: a word, a share, a share with its threshold, or units. */
final class GrowthSection {
    private static final String UNITS = "units";
    static final ImmutableList<String> KEYS = ImmutableList.of("share", "threshold", UNITS);
    private static final ImmutableBiMap<String, Growth> WORDS =
            ImmutableBiMap.of("auto", Growth.AUTO, "separate", Growth.SEPARATE, "none", Growth.NONE);
    private static final Range<Double> SHARES = Range.openClosed(0.0, 100.0);

    private GrowthSection() {}

    static Growth read(Value value) {
        if (value.isMapping()) {
            Section growth = Section.of(value, KEYS);
            Optional<Value> units = growth.value(UNITS);
            if (units.isPresent()) {
                for (String other : ImmutableList.of("share", "threshold")) {
                    growth.refuseBeside(
                            UNITS, other, "has no meaning beside units, which are as many in every layer: remove one");
                }
                return new Growth.Units(units.get().integer(LayerSection.UNITS));
            }
            double share = growth.required("share", "share: 0.25").real(SHARES);
            return new Growth.Share(
                    share, growth.real("threshold", Range.closed(0.0, 1.0), Growth.Share.DEFAULT_THRESHOLD));
        }
        if (value.isNumber()) {
            return new Growth.Share(value.real(SHARES));
        }
        for (Map.Entry<String, Growth> word : WORDS.entrySet()) {
            if (value.is(word.getKey())) {
                return word.getValue();
            }
        }
        throw value.error(
                "must be auto, separate, none, a share like 0.25, {share: 0.25, threshold: 0.25}, or {units: 50}, got %s"
                        .formatted(Complaint.quote(value.text())));
    }

    /** As a script has it. */
    static Object settings(Growth growth) {
        if (growth instanceof Growth.Share share) {
            return ImmutableMap.of("share", share.share(), "threshold", share.threshold());
        }
        if (growth instanceof Growth.Units units) {
            return ImmutableMap.of(UNITS, units.units());
        }
        return WORDS.inverse().get(growth);
    }
}
