package sluice.framework.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.DisplacedFolder;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.regression.RegressionCell;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.evaluation.run.RunFile;

/**
 * What a run measured of its model as it learned.
 *
 * @param run its folder, or its model, of which nothing else is looked at
 */
record MeasuredThen(Path run) {
    /** A matrix with the rows before its last, if they are of the same tasks and data. */
    AccuracyMatrix before(AccuracyMatrix now, Map<String, String> checksums) {
        return folder(checksums)
                .flatMap(EarlierRun::matrix)
                .filter(then -> then.tasks().equals(now.tasks()) && hasTotals(then, now))
                .map(then -> joined(then, now))
                .orElse(now);
    }

    /** Errors with the rows before their last, likewise. */
    RegressionMatrix before(RegressionMatrix now, Map<String, String> checksums) {
        return folder(checksums)
                .flatMap(EarlierRun::errors)
                .filter(then -> then.tasks().equals(now.tasks()) && hasRows(then, now))
                .map(then -> joined(then, now))
                .orElse(now);
    }

    /** The run's folder, if it was on the same data. */
    private Optional<Path> folder(Map<String, String> checksums) {
        return Optional.of(DisplacedFolder.present(run))
                .filter(folder -> Files.isDirectory(folder) && isOf(folder, checksums));
    }

    private static boolean isOf(Path folder, Map<String, String> checksums) {
        try {
            SortedMap<String, String> then =
                    RunFiles.record(folder.resolve(RunFile.RECORD)).dataChecksums();
            return checksums.entrySet().stream()
                    .allMatch(file -> file.getValue().equals(then.getOrDefault(file.getKey(), file.getValue())));
        } catch (IOException | MatrixFormatException unreadable) {
            return false;
        }
    }

    /** Whether as many examples were asked. */
    private static boolean hasTotals(AccuracyMatrix then, AccuracyMatrix now) {
        int last = now.tasks().size();
        return IntStream.rangeClosed(1, last).allMatch(j -> {
            Optional<AccuracyMatrix.Cell> cell = then.cell(last, j);
            return cell.isPresent()
                    && cell.get().total() == now.cell(last, j).orElseThrow().total();
        });
    }

    private static AccuracyMatrix joined(AccuracyMatrix then, AccuracyMatrix now) {
        AccuracyMatrix joined = now;
        for (int i = 0; i < now.tasks().size(); i++) {
            for (int j = 1; j <= now.tasks().size(); j++) {
                Optional<AccuracyMatrix.Cell> cell = then.cell(i, j);
                if (cell.isPresent()) {
                    joined = joined.with(i, j, cell.get().correct(), cell.get().total());
                }
            }
        }
        return joined;
    }

    private static boolean hasRows(RegressionMatrix then, RegressionMatrix now) {
        int last = now.tasks().size();
        return IntStream.rangeClosed(1, last)
                .allMatch(j -> then.cell(last, j)
                        .map(RegressionCell::rows)
                        .equals(now.cell(last, j).map(RegressionCell::rows)));
    }

    private static RegressionMatrix joined(RegressionMatrix then, RegressionMatrix now) {
        RegressionMatrix.Builder joined = RegressionMatrix.builder(now.strategy(), now.seed(), now.tasks());
        joined.setAll(now, 0);
        then.cells().cellSet().stream()
                .filter(cell -> cell.getRowKey() < now.tasks().size())
                .forEach(cell -> joined.set(cell.getRowKey(), cell.getColumnKey(), cell.getValue()));
        return joined.build();
    }
}
