package sluice.framework.experiment;

import com.google.common.collect.Table;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.Reference;
import sluice.evaluation.ReferenceAccuracies;
import sluice.evaluation.ReferencesCsv;
import sluice.framework.result.TrainingListener;
import sluice.tasks.InputException;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * Accuracies of references that were trained before, a file for each. What cannot be read or written costs a training,
 * never a run: it is warned of.
 *
 * @param folder where they are; need not exist yet
 */
record ReferenceFiles(Path folder) {
    private static final String CHECKSUM = "# sha-256 ";

    /** The accuracies of a kind of reference on these tasks, if they are there and whole. */
    Optional<ReferenceAccuracies> read(
            ReferenceKey key, Reference kind, TaskSequence sequence, TrainingListener listener) {
        Path file = file(key);
        if (!key.ofContent() || !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            List<ReferenceAccuracies> read = ReferencesCsv.read(new StringReader(checked(file)), file.toString());
            if (read.size() == 1 && matches(read.get(0).cells(), kind, sequence)) {
                return Optional.of(read.get(0));
            }
            listener.warning(damaged(file, kind, "its tasks are others"));
        } catch (IOException | MatrixFormatException unreadable) {
            listener.warning(damaged(file, kind, unreadable.getMessage()));
        }
        return Optional.empty();
    }

    /** What a file holds, if its last line is the checksum of all others. */
    private static String checked(Path file) throws IOException {
        String text = Files.readString(file);
        int end = text.lastIndexOf(CHECKSUM);
        if (end < 0 || !text.equals(withChecksum(text.substring(0, end)))) {
            throw new IOException("it does not match its checksum");
        }
        return text.substring(0, end);
    }

    /** A text, and a last line with its checksum. */
    static String withChecksum(String text) {
        return text + CHECKSUM + Hashing.sha256().hashString(text, StandardCharsets.UTF_8) + "\n";
    }

    private static boolean matches(
            Table<Reference, String, AccuracyMatrix.Cell> cells, Reference kind, TaskSequence sequence) {
        List<Task> tested = sequence.tasks().stream().filter(Task::isTested).toList();
        return cells.size() == tested.size()
                && tested.stream().allMatch(task -> isOf(task, cells.get(kind, task.name())));
    }

    private static boolean isOf(Task task, AccuracyMatrix.Cell cell) {
        return cell != null && cell.total() == task.test().size();
    }

    private static String damaged(Path file, Reference kind, String reason) {
        return "%s is damaged, so reference %s is trained anew: %s".formatted(file, kind.word(), reason);
    }

    void write(ReferenceKey key, ReferenceAccuracies references, TrainingListener listener) {
        if (!key.ofContent()) {
            return;
        }
        try {
            Files.createDirectories(folder);
            StringWriter lines = new StringWriter();
            ReferencesCsv.write(List.of(references), lines);
            RunFiles.writeText(file(key), out -> out.write(withChecksum(lines.toString())));
        } catch (IOException | InputException failed) {
            listener.warning("%s: the references are not kept, and will be trained again: %s"
                    .formatted(folder, failed.getMessage()));
        }
    }

    private Path file(ReferenceKey key) {
        return folder.resolve(key.sha256() + ".csv");
    }
}
