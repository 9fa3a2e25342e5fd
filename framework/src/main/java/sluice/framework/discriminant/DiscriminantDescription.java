package sluice.framework.discriminant;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import sluice.framework.internal.model.ModelArchive;
import sluice.tasks.OutputMeaning;
import sluice.tasks.Scenario;
import sluice.tasks.Shape;

/**
 * What a model file says of a discriminant. Height and width are 0 where inputs are no images, which have as many channels as
 * the inputs make; files of the first format name none.
 */
record DiscriminantDescription(
        String kind,
        Integer format,
        int inputs,
        int height,
        int width,
        int groups,
        int features,
        List<Integer> labels,
        List<Integer> outputOfComponent,
        double scale,
        double threshold,
        @JsonInclude(JsonInclude.Include.NON_NULL) SubnetworksDescription subnetworks,
        Map<String, String> provenance,
        String parametersSha256) {
    static final int FIRST = 1;
    static final int FORMAT = 4;

    int formatOrFirst() {
        return format == null ? FIRST : format;
    }

    /**
     * Makes sure that the rest of the file can be read by this.
     *
     * @throws IllegalArgumentException if something is missing, out of its range, or does not go with something else
     */
    void check() {
        checkArgument(inputs > 0 && features > 0 && groups > 0, "it has no inputs or features");
        checkArgument(isWhole(labels) && labels.stream().distinct().count() == labels.size(), "labels are missing");
        checkArgument(isWhole(outputOfComponent), "outputs of components are missing");
        checkArgument(
                outputOfComponent.stream().allMatch(output -> output >= 0 && output < labels.size()),
                "a component has an output of none of %s labels",
                labels.size());
        checkArgument(Double.isFinite(scale) && scale > 0, "its scale is %s", scale);
        checkArgument(threshold >= 0 && threshold <= 1, "its threshold is %s", threshold);
        checkArgument(
                provenance != null
                        && provenance.values().stream().allMatch(Objects::nonNull)
                        && isScenario(provenance.get(DiscriminantModel.SCENARIO))
                        && isOutputs(provenance.get(DiscriminantModel.OUTPUTS)),
                "its provenance is incomplete");
        checkArgument(parametersSha256 != null, "the checksum of its parameters is missing");
        checkFeatures();
        if (subnetworks != null) {
            subnetworks.check(outputOfComponent.size());
        }
    }

    private static boolean isScenario(String name) {
        return Scenario.CLASS.name().equals(name) || Scenario.DOMAIN.name().equals(name);
    }

    private static boolean isOutputs(String name) {
        return name == null
                || OutputMeaning.LABEL.name().equals(name)
                || OutputMeaning.POSITION.name().equals(name);
    }

    private static boolean isWhole(List<Integer> numbers) {
        return numbers != null && !numbers.isEmpty() && numbers.stream().allMatch(Objects::nonNull);
    }

    private void checkFeatures() {
        if (isOfImages()) {
            checkArgument(
                    LocalFilters.image(inputs, height, width).isPresent(),
                    "images of %s x %s have not %s inputs",
                    height,
                    width,
                    inputs);
            checkArgument(
                    features == (long) LocalFilters.PER_FILTER * groups,
                    "%s filters have not %s features",
                    groups,
                    features);
        } else {
            checkArgument(
                    groups == ((long) features + RandomFeatures.GATE - 1) / RandomFeatures.GATE,
                    "%s features are not in %s groups",
                    features,
                    groups);
        }
    }

    /** The images, after {@link #check}. */
    Shape.Channels image() {
        return LocalFilters.image(inputs, height, width).orElseThrow();
    }

    boolean isOfImages() {
        return height != 0 || width != 0;
    }

    /** What {@link ModelArchive} holds beside this. */
    long parameterBytes() {
        long components = outputOfComponent.size();
        long ofFeatures = isOfImages()
                ? (long) groups * LocalFilters.taps(image())
                : 2L * inputs + Math.multiplyExact((long) features, inputs + 1L);
        long floats = Math.addExact(ofFeatures, Math.multiplyExact(components, (long) features));
        return Math.addExact(Math.multiplyExact(floats, (long) Float.BYTES), Double.BYTES * components);
    }
}
