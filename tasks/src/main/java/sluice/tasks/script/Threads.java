package sluice.tasks.script;

import com.google.common.collect.Range;

/** Threads of the matrix multiply, given by a script or left to the machine. {@link ScriptReader} checks the range. */
public sealed interface Threads {
    /**
     * {@return the script's number, or else the default}
     *
     * @param otherwise what to use where the script gives none
     */
    int or(int otherwise);

    /**
     * Given by the script.
     *
     * @param count how many, 1 to 256
     */
    record Given(int count) implements Threads {
        private static final Range<Integer> COUNTS = Range.closed(1, 256);

        static Threads read(Value value) {
            return new Given(value.integer(COUNTS));
        }

        @Override
        public int or(int otherwise) {
            return count;
        }
    }

    /** Not given by the script. */
    record Default() implements Threads {
        @Override
        public int or(int otherwise) {
            return otherwise;
        }
    }
}
