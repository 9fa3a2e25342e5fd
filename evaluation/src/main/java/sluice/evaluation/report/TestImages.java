package sluice.evaluation.report;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableSet;
import java.util.Map;
import java.util.TreeMap;
import sluice.evaluation.run.ImageBound;
import sluice.evaluation.run.RunRecord;

/**
 * Which test images a run was evaluated on: bounds of others cannot be paired.
 *
 * @param numbers of the images
 * @param origin all that they hang on, by name; empty where there is no run.json
 */
record TestImages(ImmutableSet<Integer> numbers, Map<String, String> origin) {
    private static final String BINARISATION = "binarisation";
    private static final String GREY = "none";

    static TestImages of(ReportedGenerator run) {
        Map<String, String> origin = new TreeMap<>();
        run.record().ifPresent(record -> {
            data(record, origin);
            record.dataChecksums().forEach((file, checksum) -> origin.put("checksum of " + file, checksum));
            origin.put("structured", String.valueOf(run.isStructured()));
            boolean grey = run.setting(BINARISATION).filter(GREY::equals).isPresent();
            // test images are drawn once, whatever is done in training
            origin.put(
                    BINARISATION,
                    grey
                            ? GREY
                            : String.valueOf(run.setting("binarisation_seed").orElse(1)));
        });
        return new TestImages(run.bounds().stream().map(ImageBound::image).collect(toImmutableSet()), origin);
    }

    private static void data(RunRecord record, Map<String, String> origin) {
        if (record.settings().get("data") instanceof Map<?, ?> data) {
            data.forEach((key, value) -> {
                if (!"folder".equals(key)) {
                    origin.put("data." + key, String.valueOf(value));
                }
            });
        }
    }
}
