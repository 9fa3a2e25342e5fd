package sluice.framework.inference;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import sluice.framework.discriminant.TaskChoice;
import sluice.framework.discriminant.TaskScores;

/** What a model file says of how tasks are found. */
record InferredDescription(
        String kind,
        int format,
        String choice,
        double threshold,
        double scale,
        int tasks,
        @JsonInclude(JsonInclude.Include.NON_NULL) Product product,
        @JsonInclude(JsonInclude.Include.NON_NULL) LowRank lowRank,
        @JsonInclude(JsonInclude.Include.NON_NULL) Discriminant discriminant,
        String parametersSha256) {
    /** The first that has this kind. */
    static final int FORMAT = 5;

    private static final int MOST_FEATURES = 1 << 26;

    /** Densities that are products over features. */
    record Product(String form, int features, float shift, float factor) {
        static Product of(ProductScores scores) {
            return new Product(
                    scores.form().name(),
                    scores.order().length,
                    scores.scale().shift(),
                    scores.scale().factor());
        }

        long bytes(long tasks) {
            int perFeature = ProductForm.valueOf(form).perFeature();
            long terms = (long) features * perFeature;
            return (long) Integer.BYTES * features
                    + (long) Float.BYTES * perFeature
                    + Double.BYTES
                    + tasks * (terms * Float.BYTES + (long) RacedScores.stages((int) terms, perFeature) * Double.BYTES);
        }
    }

    /** Normal densities of low rank; of each task so many directions. */
    record LowRank(int features, float shift, float factor, List<Integer> ranks) {
        static LowRank of(LowRankScores scores) {
            return new LowRank(
                    scores.features(),
                    scores.scale().shift(),
                    scores.scale().factor(),
                    scores.tasks().stream().map(task -> task.variances().length).toList());
        }

        boolean isSound(int tasks) {
            return features > 0
                    && features <= LowRankDensity.MOST_FEATURES
                    && Float.isFinite(shift)
                    && Float.isFinite(factor)
                    && ranks != null
                    && ranks.size() == tasks
                    && ranks.stream().allMatch(rank -> rank != null && rank >= 0 && rank < features);
        }

        long bytes() {
            return ranks.stream()
                    .mapToLong(rank -> (long) Float.BYTES * features * (2L + rank) + Double.BYTES * (rank + 1L))
                    .sum();
        }
    }

    /** A discriminant, by its own description. */
    record Discriminant(List<Integer> starts, String described, long bytes) {}

    /**
     * Makes sure that the rest of the file can be read by this.
     *
     * @throws IllegalArgumentException if something is missing, out of its range, or does not go with something else
     */
    void check() {
        checkArgument(isNamed(choice, TaskChoice.values()), "it finds tasks in no known way");
        checkArgument(threshold >= 0 && threshold <= 1, "its threshold is %s", threshold);
        checkArgument(Double.isFinite(scale) && scale > 0, "its scale is %s", scale);
        checkArgument(parametersSha256 != null, "the checksum of its parameters is missing");
        long ways = Stream.of(product, lowRank, discriminant)
                .filter(Objects::nonNull)
                .count();
        boolean bySums = ways > 0;
        checkArgument(
                bySums != TaskChoice.valueOf(choice).isBySubnetworks() && ways <= 1,
                "it does not say what finds tasks");
        checkArgument(bySums ? tasks > 0 : tasks == 0, "it finds %s tasks", tasks);
        if (product != null) {
            checkArgument(
                    isNamed(product.form(), ProductForm.values())
                            && product.features() > 0
                            && product.features() < MOST_FEATURES
                            && Float.isFinite(product.shift())
                            && Float.isFinite(product.factor()),
                    "its densities are incomplete");
        }
        checkArgument(lowRank == null || lowRank.isSound(tasks), "its densities are incomplete");
        if (discriminant != null) {
            List<Integer> starts = discriminant.starts();
            checkArgument(
                    discriminant.described() != null
                            && discriminant.bytes() >= 0
                            && starts != null
                            && starts.size() == tasks + 1
                            && starts.stream().noneMatch(Objects::isNull)
                            && starts.get(0) == 0,
                    "its discriminant is incomplete");
            for (int task = 0; task < tasks; task++) {
                checkArgument(
                        starts.get(task) < starts.get(task + 1), "task %s of its discriminant has no class", task);
            }
        }
    }

    private static boolean isNamed(String name, Enum<?>[] among) {
        return Arrays.stream(among).anyMatch(one -> one.name().equals(name));
    }

    /** What lies beside this, after {@link #check}. */
    long parameterBytes() {
        long bytes = (long) tasks * HeldOutScores.QUANTILES * Double.BYTES;
        bytes += product == null ? 0 : product.bytes(tasks);
        bytes += lowRank == null ? 0 : lowRank.bytes();
        return discriminant == null
                ? bytes
                : Math.addExact(
                        bytes,
                        Math.addExact(
                                discriminant.bytes(),
                                TaskScores.spreadBytes(discriminant.starts().get(tasks))));
    }
}
