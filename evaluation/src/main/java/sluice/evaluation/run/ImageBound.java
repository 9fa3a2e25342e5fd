package sluice.evaluation.run;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/**
 * Lower bounds of a test image's log likelihood, in nats.
 *
 * @param image its place in the test data, from 1
 * @param importanceWeighted of m samples with hard latents (Burda, Grosse and Salakhutdinov 2016, eq. 8)
 * @param evidence the evidence lower bound, by the mean of the same samples
 */
public record ImageBound(int image, double importanceWeighted, double evidence) {
    private static final String IMAGE = "image";
    private static final String WEIGHTED = "importance_weighted";
    private static final String EVIDENCE = "evidence";

    /** A line per image, in the order of the test data. */
    public static final RunCsv<ImageBound> FILE = RunCsv.ofOneRun(
            RunFile.TEST_BOUNDS,
            ImmutableMap.of(
                    IMAGE, ImageBound::image, WEIGHTED, ImageBound::importanceWeighted, EVIDENCE, ImageBound::evidence),
            ImmutableList.of(),
            line -> new ImageBound(line.count(IMAGE, 1), line.decimal(WEIGHTED), line.decimal(EVIDENCE)));
}
