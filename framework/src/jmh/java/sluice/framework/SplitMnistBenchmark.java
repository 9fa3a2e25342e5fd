package sluice.framework;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import sluice.framework.gates.GateSettings;
import sluice.framework.network.GatedNetwork;
import sluice.framework.optimizer.TrainingSettings;
import sluice.tasks.ClassSplit;
import sluice.tasks.DataSet;
import sluice.tasks.Normalisation;
import sluice.tasks.TaskSequence;
import sluice.tasks.digits.Digits;
import sluice.tasks.source.DataPlace;
import sluice.tasks.source.DataSets;
import sluice.tasks.source.UserEnvironment;

/** Seconds of a whole split-MNIST run of one epoch, with evaluation and proofs of retention but without loading. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@Fork(1)
public class SplitMnistBenchmark {
    /** Units of each of the two hidden layers. */
    @Param({"400", "2000"})
    private int units;

    private TaskSequence sequence;

    /** MNIST in pairs of classes. */
    @Setup
    public void load() {
        DataSet digits = dataSet();
        sequence = TaskSequence.split(digits, Normalisation.UNIT_PIXELS, ClassSplit.consecutive(digits, 2));
    }

    private static DataSet dataSet() {
        Optional<Path> folder = UserEnvironment.ofThisProcess().dataFolder().filter(Files::isDirectory);
        if (folder.isPresent()) {
            return DataSets.load("mnist", new DataPlace.Given(folder.get(), UserEnvironment.DATA_VARIABLE));
        }
        System.out.printf(
                "%n%s names no folder: as many drawn digits instead of MNIST%n", UserEnvironment.DATA_VARIABLE);
        return Digits.draw(60_000, 10_000, 1);
    }

    /** A new network learns the five tasks, each evaluated after each. */
    @Benchmark
    public ContinualResult oneEpoch() {
        GatedNetwork network =
                GatedNetwork.create(sequence.features(), List.of(units, units), sequence.normalisation(), 1);
        return new ContinualTrainer(GateSettings.DEFAULT, TrainingSettings.DEFAULT.withEpochs(1))
                .train(network, sequence);
    }
}
