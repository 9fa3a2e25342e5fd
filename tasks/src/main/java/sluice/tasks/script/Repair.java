package sluice.tasks.script;

import java.util.Optional;

/** How a mistake is mended for the moment, so that what is wrong beside it shows, too. */
sealed interface Repair {
    /** What is mistaken is as if it were not written; of a list, none of it. */
    record Remove() implements Repair {}

    /** Something that may stand there takes its place. */
    record Replace(Node node) implements Repair {}

    /** A key gets the name that it probably should have; without one, it is removed. */
    record Rename(Optional<String> name) implements Repair {}

    /** What is missing is put there as in the example, {@code name: value}. */
    record Insert(String name, String example) implements Repair {}
}
