package sluice.evaluation.report;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.Printable;

/** Folders of runs of networks that generate, and of comparisons of such, each as it is or packed. */
final class GeneratorFolders {
    private GeneratorFolders() {}

    /**
     * Whether all folders are of networks that generate.
     *
     * @throws MatrixFormatException if some are and others are not, or one is no folder
     */
    static boolean are(List<Path> folders) {
        List<Path> others = new ArrayList<>();
        List<Path> found = new ArrayList<>();
        for (Path folder : folders) {
            (opened(RunPlace.checked(folder), GeneratorFolders::isOfGenerators) ? found : others).add(folder);
        }
        if (!found.isEmpty() && !others.isEmpty()) {
            throw new MatrixFormatException("%s is of networks that generate, %s is not: make a report of each"
                    .formatted(
                            Printable.of(found.get(0).toString()),
                            Printable.of(others.get(0).toString())));
        }
        return others.isEmpty() && !found.isEmpty();
    }

    private static boolean isOfGenerators(Path folder) {
        return GeneratorFolderReader.isRun(folder) || comparison(folder).isComparison();
    }

    private static ComparisonReader<ReportedGenerator> comparison(Path folder) {
        return new ComparisonReader<>(folder, GeneratorFolderReader.KIND);
    }

    private static <T> T opened(Path there, Function<Path, T> reader) {
        if (!PackedRuns.isPacked(there)) {
            return reader.apply(there);
        }
        try (PackedRuns packed = PackedRuns.open(there)) {
            return reader.apply(packed.folder());
        } catch (IOException e) {
            throw RunFolderReader.unreadable(there, e);
        }
    }

    /** The runs of all. Where two folders hold runs of one name and seed, the folders' names are added to tell them apart. */
    static GeneratorRuns read(List<Path> folders) {
        List<ReportedGenerator> runs = new ArrayList<>();
        List<FailedRun> failed = new ArrayList<>();
        int waiting = 0;
        Set<Path> seen = new HashSet<>();
        for (Path folder : folders) {
            Path absolute = folder.toAbsolutePath().normalize();
            if (!seen.add(absolute)) {
                throw new MatrixFormatException(
                        "%s is named twice: name each folder once".formatted(Printable.of(folder.toString())));
            }
            ComparisonReader.Contents<ReportedGenerator> here =
                    opened(RunPlace.checked(folder), there -> contents(there, folder));
            failed.addAll(here.failed());
            waiting += here.waiting();
            for (ReportedGenerator run : here.runs()) {
                boolean isTaken = runs.stream()
                        .anyMatch(one ->
                                one.seed() == run.seed() && one.strategy().equals(run.strategy()));
                runs.add(isTaken ? run.named(run.strategy() + " (" + absolute.getFileName() + ")") : run);
            }
        }
        return new GeneratorRuns(ImmutableList.copyOf(runs), ImmutableList.copyOf(failed), waiting);
    }

    private static ComparisonReader.Contents<ReportedGenerator> contents(Path there, Path folder) {
        Path place = PackedRuns.isPacked(folder) ? there : folder;
        return GeneratorFolderReader.isRun(there)
                ? new ComparisonReader.Contents<>(
                        ImmutableList.of(new GeneratorFolderReader(there, place).read()), ImmutableList.of(), 0)
                : comparison(there).read();
    }
}
