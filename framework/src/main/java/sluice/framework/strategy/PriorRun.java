package sluice.framework.strategy;

import java.nio.file.Path;
import sluice.tasks.csv.KnownEncodings;

/** An earlier run that is gone on with. */
public sealed interface PriorRun permits PriorNetwork, PriorDiscriminant {
    /** By what name the checksum of what it taught is recorded, beside those of data. */
    String CHECKSUM = "network.from";

    /** {@return folder of that run, or a file of it} */
    Path run();

    /** {@return what is at hand of its tasks} */
    EarlierTasks earlier();

    /**
     * {@return how tables became its inputs, task by task; of none where it learned from none}
     *
     * @throws sluice.tasks.InputException if nothing can be gone on with
     */
    KnownEncodings encodings();
}
