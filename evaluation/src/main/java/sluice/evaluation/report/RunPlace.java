package sluice.evaluation.report;

import java.nio.file.Files;
import java.nio.file.Path;
import sluice.evaluation.DisplacedFolder;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.Printable;

/** Where runs are: a folder of one or of a comparison, or a {@code .zip} of one. */
final class RunPlace {
    private RunPlace() {}

    /** The folder or archive, which may be beside its place for a moment. */
    static Path checked(Path folder) {
        Path there = DisplacedFolder.present(folder);
        if (!Files.isDirectory(there) && !PackedRuns.isPacked(there)) {
            throw new MatrixFormatException(
                    "%s is no folder: name the folder of a run or of a comparison, or a .zip of one"
                            .formatted(Printable.of(folder.toString())));
        }
        return there;
    }
}
