package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import sluice.evaluation.AccuracyCsv;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.DisplacedFolder;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.regression.ErrorCsv;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.evaluation.run.RunFile;
import sluice.evaluation.run.RunRecord;
import sluice.framework.discriminant.TaughtDiscriminant;
import sluice.framework.internal.file.FileChecksum;
import sluice.framework.strategy.EarlierTasks;
import sluice.framework.strategy.PriorRun;
import sluice.tasks.InputException;
import sluice.tasks.Loaded;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.csv.KnownEncodings;
import sluice.tasks.script.DataSettings;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.TaskSequenceScript;
import sluice.tasks.source.DataPlace;

/** Earlier runs of what is taught more: what they measured, and their data, loaded again as their records say, if it is still the same. */
final class EarlierRun {
    /** What of a run's settings says which tasks it learned. */
    static final ImmutableSet<String> TASKS = ImmutableSet.of("name", "data", "split", "scenario", "seed");

    private final KnownEncodings encodings;
    private final DataPlace place;
    private final Map<DataSettings, Loaded> loaded;
    private final List<Task> tasks = new ArrayList<>();
    private final Set<Path> visited = new HashSet<>();
    private String missing = EarlierTasks.NONE.missing();

    private EarlierRun(KnownEncodings encodings, DataPlace place, Map<DataSettings, Loaded> loaded) {
        this.encodings = encodings;
        this.place = place;
        this.loaded = new HashMap<>(loaded);
    }

    /**
     * What is at hand of the tasks that were learned before.
     *
     * @param loaded data that are in memory already, as runs may have the same
     */
    static EarlierTasks of(PriorRun prior, DataPlace place, Map<DataSettings, Loaded> loaded) {
        Path named = DisplacedFolder.present(prior.run());
        Path folder = Files.isDirectory(named) ? named : named.resolveSibling("");
        if (!Files.isDirectory(named) && !Files.exists(folder.resolve(RunFile.RECORD))) {
            return new EarlierTasks(
                    Optional.empty(), ImmutableList.of(), "no run.json of its run lies with %s".formatted(prior.run()));
        }
        EarlierRun run = new EarlierRun(prior.encodings(), place, loaded);
        run.load(folder);
        return new EarlierTasks(matrix(folder), errors(folder), ImmutableList.copyOf(run.tasks), run.missing);
    }

    /** What a run measured, if it can be read. */
    static Optional<AccuracyMatrix> matrix(Path folder) {
        Path file = folder.resolve(RunFile.MATRIX);
        try (Reader in = Files.newBufferedReader(file)) {
            return AccuracyCsv.read(in, file.toString()).stream().findFirst();
        } catch (IOException | MatrixFormatException unreadable) {
            return Optional.empty();
        }
    }

    /** How far its numbers were off, if it predicted any, and if that can be read. */
    static Optional<RegressionMatrix> errors(Path folder) {
        Path file = folder.resolve(RunFile.ERRORS);
        try (Reader in = Files.newBufferedReader(file)) {
            return ErrorCsv.read(in, file.toString()).stream().findFirst();
        } catch (IOException | MatrixFormatException unreadable) {
            return Optional.empty();
        }
    }

    /** Those of a run, and of the runs before it. */
    private void load(Path folder) {
        if (!visited.add(folder.toAbsolutePath().normalize())) {
            return;
        }
        try {
            RunRecord record = RunFiles.record(folder.resolve(RunFile.RECORD));
            if (record.settings().get("network") instanceof Map<?, ?> network
                    && network.get("from") instanceof String from) {
                before(DisplacedFolder.present(Path.of(from)), record);
            }
            tasks(record, folder).tasks().forEach(this::add);
        } catch (NoSuchFileException absent) {
            missing = "the data of %s cannot be had (there is no %s)".formatted(folder, absent.getMessage());
        } catch (InputException | IOException | MatrixFormatException absent) {
            missing = "the data of %s cannot be had (%s)".formatted(folder, absent.getMessage());
        }
    }

    /** Those of the run that one went on from, unless its folder holds another run by now. */
    private void before(Path folder, RunRecord next) {
        String then = next.dataChecksums().getOrDefault(PriorRun.CHECKSUM, "");
        boolean isThatRun = Files.isDirectory(folder)
                && Stream.of(RunFiles.MODEL, RunFiles.SUMS, RunFiles.LEARNER)
                        .map(folder::resolve)
                        .filter(Files::isRegularFile)
                        .anyMatch(file -> FileChecksum.of(file).equals(then));
        if (isThatRun) {
            load(folder);
        } else {
            missing = "%s does not hold the run that was gone on from".formatted(folder);
        }
    }

    /** By what the matrix calls it: a task may have more examples of an earlier one, and its name. */
    private void add(Task task) {
        List<String> taken = tasks.stream().map(Task::name).toList();
        tasks.add(new Task(TaughtDiscriminant.column(taken, task.name()), task.classes(), task.train(), task.test()));
    }

    private TaskSequence tasks(RunRecord record, Path folder) {
        String text = OneLineJson.of(Maps.filterKeys(record.settings(), TASKS::contains));
        TaskSequenceScript script = (TaskSequenceScript)
                ScriptReader.parse(text, folder.resolve(RunFile.RECORD).toString(), folder.toAbsolutePath(), List.of());
        TaskSequence sequence =
                script.tasks(loaded.computeIfAbsent(script.data(), any -> ScriptData.load(script, place, encodings)));
        sequence.checksums().forEach((file, checksum) -> {
            if (!checksum.equals(record.dataChecksums().getOrDefault(file, checksum))) {
                throw new InputException(file + " has changed");
            }
        });
        return sequence;
    }
}
