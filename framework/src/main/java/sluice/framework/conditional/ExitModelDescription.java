package sluice.framework.conditional;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import sluice.framework.internal.model.ModelKind;
import sluice.tasks.Normalisation;
import sluice.tasks.Shape;

/** What a model file says of a network with exits. */
record ExitModelDescription(
        String kind,
        int format,
        List<Integer> shape,
        List<String> classes,
        List<StoredLayer> layers,
        List<Double> trusts,
        List<Rule> rules,
        @JsonInclude(JsonInclude.Include.NON_NULL) Boolean neurons,
        float shift,
        float scale,
        Map<String, String> provenance,
        String parametersSha256) {
    static final int FORMAT = 4;

    /** Of models whose exits have neurons, which earlier builds cannot read. */
    static final int WITH_NEURONS = 5;

    /** A rule, by the mean multiply-adds that it takes. */
    record Rule(long multiplyAdds, List<Double> thresholds) {}

    static ExitModelDescription of(ExitModel model, String checksum) {
        return new ExitModelDescription(
                ModelKind.EXITS.word(),
                model.hasNeurons() ? WITH_NEURONS : FORMAT,
                StoredShape.dimensions(model.shape().input()),
                model.classNames(),
                model.shape().layers().stream().map(StoredLayer::of).toList(),
                model.trusts(),
                model.rules().entrySet().stream()
                        .map(rule -> new Rule(rule.getKey(), rule.getValue().thresholds()))
                        .toList(),
                model.hasNeurons() ? true : null,
                model.normalisation().shift(),
                model.normalisation().scale(),
                model.provenance(),
                checksum);
    }

    /**
     * Makes sure that the rest of the file can be read by this.
     *
     * @throws IllegalArgumentException if something is missing, out of its range, or does not go with something else
     */
    void check() {
        checkArgument(
                isWhole(classes) && isWhole(layers) && isWhole(trusts) && isWhole(rules),
                "classes, layers, trusts or rules are missing");
        checkArgument(
                provenance != null && provenance.values().stream().allMatch(Objects::nonNull),
                "its provenance is incomplete");
        checkArgument(parametersSha256 != null, "the checksum of its parameters is missing");
        checkArgument(isWhole(shape), "the form of its examples is missing");
        ExitShape form = form();
        checkArgument(trusts.size() == form.exits(), "it has %s trusts", trusts.size());
        trusts.forEach(trust -> checkArgument(trust >= 0 && trust < 1, "a trust is %s", trust));
        checkArgument(!rules.isEmpty(), "it has no rule");
        long least = form.multiplyAdds(0);
        long most = form.multiplyAdds(form.exits() - 1);
        boolean varies = form.isGated() || hasNeurons();
        checkArgument(
                varies || rules.stream().anyMatch(rule -> rule.multiplyAdds() == least),
                "no rule takes the %s multiply-adds of the first exit",
                least);
        for (Rule rule : rules) {
            checkArgument(
                    varies || (rule.multiplyAdds() >= least && rule.multiplyAdds() <= most),
                    "a rule takes %s multiply-adds, not %s to %s",
                    rule.multiplyAdds(),
                    least,
                    most);
            checkArgument(
                    isWhole(rule.thresholds()) && rule.thresholds().size() == form.exits() - 1,
                    "a rule has not %s thresholds",
                    form.exits() - 1);
        }
    }

    boolean hasNeurons() {
        return neurons != null && neurons;
    }

    private static boolean isWhole(List<?> values) {
        return values != null && values.stream().allMatch(Objects::nonNull);
    }

    /** Throws IllegalArgumentException where it can be none. */
    Shape input() {
        return StoredShape.of(shape);
    }

    /** Throws IllegalArgumentException where layers do not fit. */
    ExitShape form() {
        return new ExitShape(
                input(),
                classes.size(),
                layers.stream().map(StoredLayer::layer).collect(ImmutableList.toImmutableList()));
    }

    /** Throws IllegalArgumentException where a threshold is out of its range. */
    ImmutableSortedMap<Long, ExitRule> exitRules() {
        ImmutableSortedMap.Builder<Long, ExitRule> all = ImmutableSortedMap.naturalOrder();
        rules.forEach(rule -> all.put(rule.multiplyAdds(), new ExitRule(ImmutableList.copyOf(rule.thresholds()))));
        return all.buildOrThrow();
    }

    /** Throws IllegalArgumentException where they are not finite. */
    Normalisation normalisation() {
        return new Normalisation(shift, scale);
    }

    /** What the archive holds beside this. */
    long parameterBytes() {
        ExitShape form = form();
        long floats = 0;
        for (int part = 0; part < form.exits(); part++) {
            for (long size : form.sizes(part)) {
                floats = Math.addExact(floats, size);
            }
        }
        if (hasNeurons()) {
            floats += (form.exits() - 1L) * Confidence.features(classes.size());
        }
        return Math.multiplyExact(floats, (long) Float.BYTES);
    }
}
