package sluice.tasks.script;

import java.nio.file.Path;

/** A folder that a script may name or leave to whoever runs it. */
public sealed interface Folder {
    /**
     * {@return the script's folder, or else the default}
     *
     * @param otherwise what to use where the script names none
     */
    Path or(Path otherwise);

    /**
     * Named by the script.
     *
     * @param path where it is
     */
    record Named(Path path) implements Folder {
        @Override
        public Path or(Path otherwise) {
            return path;
        }
    }

    /** Not named by the script. */
    record Default() implements Folder {
        @Override
        public Path or(Path otherwise) {
            return otherwise;
        }
    }
}
