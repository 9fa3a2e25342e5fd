package sluice.framework.strategy;

import java.nio.file.Files;
import java.nio.file.Path;
import sluice.evaluation.DisplacedFolder;
import sluice.tasks.InputException;
import sluice.tasks.csv.KnownEncodings;

/** An earlier run that is gone on with. */
public sealed interface PriorRun permits PriorNetwork, PriorDiscriminant, PriorLearner {
    /** By what name the checksum of what it taught is recorded, beside those of data. */
    String CHECKSUM = "network.from";

    /** {@return folder of that run, or a file of it} */
    Path run();

    /** {@return what is at hand of its tasks} */
    EarlierTasks earlier();

    /**
     * {@return where a file of its folder lies}
     *
     * @param name of the file
     */
    default Path file(String name) {
        Path place = DisplacedFolder.present(run());
        return Files.isDirectory(place) ? place.resolve(name) : place.resolveSibling(name);
    }

    /**
     * Refuses what a plain strategy taught, where another is to go on.
     *
     * @throws InputException if the run kept the learner of one
     */
    default void checkOfNoPlainStrategy() {
        Path learner = file(TaughtLearner.FILE);
        // a model that is named itself may lie beside the learner of another run
        if (Files.isDirectory(DisplacedFolder.present(run())) && Files.isRegularFile(learner)) {
            throw new InputException("network.from: %s was taught by strategy %s: write strategy: %2$s"
                    .formatted(run(), TaughtLearner.described(learner).strategy()));
        }
    }

    /**
     * {@return how tables became its inputs, task by task; of none where it learned from none}
     *
     * @throws InputException if nothing can be gone on with
     */
    KnownEncodings encodings();
}
