package sluice.framework.script;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import sluice.evaluation.Reference;
import sluice.framework.Evaluation;
import sluice.framework.ReportOptions;
import sluice.framework.binary.ClassifierTrainer;
import sluice.framework.checkpoint.CheckpointSettings;
import sluice.framework.discriminant.InferenceSettings;
import sluice.framework.gates.GateSettings;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.strategy.Exits;
import sluice.framework.strategy.Gates;
import sluice.framework.strategy.PriorRun;
import sluice.framework.strategy.Setup;
import sluice.framework.strategy.Strategies;
import sluice.framework.strategy.Strategy;
import sluice.framework.strategy.StrategyTraits;
import sluice.framework.strategy.StreamGates;
import sluice.framework.stream.StreamSettings;
import sluice.gating.BinaryNeuron;
import sluice.gating.GateLayout;
import sluice.gating.Granularity;
import sluice.tasks.Loaded;
import sluice.tasks.TaskSequence;
import sluice.tasks.script.Section;
import sluice.tasks.script.TaskSequenceScript;

/**
 * A script with all of its sections: of data as it was read, of learning as values.
 *
 * @param tasks what is learned
 * @param learning how
 * @param report what the run is reported by
 * @param checkpoint what is kept of the training
 * @param selection what takes the place of test examples; empty where these are asked
 * @param settings every setting as resolved, defaults included, in the format's order; written to YAML it is a script with the
 *     same settings
 */
public record ExperimentScript(
        TaskSequenceScript tasks,
        Learning learning,
        ReportOptions report,
        CheckpointSettings checkpoint,
        Optional<Selection> selection,
        ImmutableMap<String, Object> settings) {
    /** The section {@code report} of scripts that have none. */
    public static final ImmutableMap<String, Object> DEFAULT_REPORT =
            ImmutableMap.copyOf(ReportSection.settings(ReportOptions.DEFAULT, Evaluation.ALL));

    /** How a script's tasks are learned. */
    public sealed interface Learning {
        /** {@return how each task is trained} */
        TrainingSettings training();

        /**
         * By a strategy.
         *
         * @param strategy by the number of tasks, on which some defaults depend
         * @param setup of its network
         */
        record ByStrategy(IntFunction<Strategy> strategy, Setup setup) implements Learning {
            @Override
            public TrainingSettings training() {
                return setup.training();
            }
        }

        /**
         * By a classifier whose hidden units are binary neurons.
         *
         * @param trainer of the classifier
         */
        record ByBinaryUnits(ClassifierTrainer trainer) implements Learning {
            @Override
            public TrainingSettings training() {
                return trainer.training();
            }
        }
    }

    /**
     * Reads all sections that speak of learning.
     *
     * @param script whose data is read
     * @return the script
     * @throws sluice.tasks.InputException at {@code file:line: key} if a section is wrong or settings do not fit together
     */
    public static ExperimentScript of(TaskSequenceScript script) {
        return new Reading(script).script();
    }

    /** {@return how each task is trained} */
    public TrainingSettings training() {
        return learning.training();
    }

    /** {@return the earlier run that is gone on with; a new network or new sums without} */
    public Optional<PriorRun> prior() {
        return learning instanceof Learning.ByStrategy chosen
                ? chosen.strategy().apply(1).inScenario(tasks.scenario()).goesOn()
                : Optional.empty();
    }

    /**
     * The script's data as tasks.
     *
     * @param data what it names
     * @return the tasks
     * @throws sluice.tasks.InputException as {@link TaskSequenceScript#tasks(Loaded)}, or if it makes several tasks where units
     *     are binary
     */
    public TaskSequence sequence(Loaded data) {
        if (learning instanceof Learning.ByBinaryUnits) {
            checkOneTask(data, "network.units is binary");
        }
        Optional<Exits> exits = exits();
        if (exits.isPresent()) {
            checkOneTask(data, "a layer has an exit or a gater");
        }
        TaskSequence sequence = tasks.tasks(data);
        exits.flatMap(with -> with.misfit(sequence)).ifPresent(why -> {
            throw tasks.error("network.budget", why);
        });
        if (learning instanceof Learning.ByStrategy chosen
                && chosen.strategy().apply(sequence.tasks().size()) instanceof Gates gates) {
            gates.misfit(sequence).ifPresent(why -> {
                throw tasks.error("network.exits", why);
            });
            gates.gaterMisfit(sequence).ifPresent(why -> {
                throw tasks.error("gates.gater", why);
            });
            gates.excess(sequence, chosen.setup()).ifPresent(why -> {
                throw tasks.error("network.exits", why);
            });
        }
        HeldOutExamples held = new HeldOutExamples(tasks);
        TaskSequence learned =
                selection.map(judged -> held.selected(judged, sequence)).orElse(sequence);
        held.check(learning, learned);
        return learned;
    }

    private Optional<Exits> exits() {
        return learning instanceof Learning.ByStrategy chosen
                        && chosen.strategy().apply(1) instanceof Exits exits
                ? Optional.of(exits)
                : Optional.empty();
    }

    /** What learns one task cannot go on with a later one. */
    private void checkOneTask(Loaded data, String where) {
        int count = tasks.count(data);
        if (count > 1 && data instanceof Loaded.OneSet set) {
            throw tasks.error(
                    tasks.splitKey(),
                    "makes %d tasks, where %s there can be one: write split: {classes_per_task: %d}"
                            .formatted(count, where, set.dataSet().train().distinctLabels().length));
        }
        if (count > 1) {
            throw tasks.error("data", "makes %d tasks, where %s there can be one: leave one".formatted(count, where));
        }
    }

    /** The sections of a script, while it is read. */
    private static final class Reading {
        private static final String BINARY = "network.units is binary, as such units learn";
        private static final String EXITS = "a layer has an exit or a gater, as such networks learn";

        private final TaskSequenceScript script;
        private final NamedSetting named;
        private final NetworkSection network;
        private final GatesSection gates;
        private final Section reporting;
        private final InferenceSettings inference;
        private final TrainingSettings training;
        private final ReportOptions report;
        private final Evaluation evaluation;
        private final CheckpointSettings checkpoint;
        private final Optional<Selection> selection;
        private final Optional<StreamSettings> stream;

        Reading(TaskSequenceScript script) {
            Section top = script.top();
            this.script = script;
            this.named = NamedSetting.read(top, "strategy", StrategySection.DEFAULT, Strategies.BY_NAME.keySet());
            this.network = NetworkSection.read(top.section("network", NetworkSection.KEYS));
            this.gates = new GatesSection(top.section("gates", GatesSection.KEYS));
            if (network.isBinary()) {
                gates.refuseGates();
            }
            this.inference = InferenceSection.read(top.section("inference", InferenceSection.KEYS), network);
            this.training = TrainingSection.read(top.section("training", TrainingSection.KEYS));
            this.reporting = top.section("report", ReportSection.KEYS);
            this.report = ReportSection.read(reporting);
            this.evaluation = ReportSection.evaluation(reporting);
            this.checkpoint = CheckpointSection.read(top.section("checkpoint", CheckpointSection.KEYS));
            this.selection = SelectionSection.read(top);
            this.stream = StreamSection.read(top);
            TargetRules.check(script, TuneSection.read(top));
        }

        ExperimentScript script() {
            stream.ifPresent(written -> StreamSection.check(script, written, inference, named.name(), selection));
            if (network.exits().isPresent()) {
                return ofExits(network.exits().get());
            }
            return network.isBinary() ? ofUnits() : ofStrategy();
        }

        private ExperimentScript ofStrategy() {
            GateSettings ofGates = gates.read(network.hidden());
            StrategySection strategy = StrategySection.of(named);
            Gates sections =
                    new Gates(ofGates, network.growth(), evaluation, inference, network.early(), network.prior());
            IntFunction<Strategy> ofTasks = stream.<IntFunction<Strategy>>map(
                            written -> tasks -> new StreamGates(sections, written))
                    .orElseGet(() -> network.goingOn(strategy.strategy(script, sections)));
            TargetRules.check(script, ofTasks.apply(1), "strategy");
            StrategyTraits traits =
                    ofTasks.apply(1).inScenario(script.scenario()).traits();
            checkNormalisation(traits);
            checkConditional(traits, ofGates);
            network.checkGoesOn(script, ofTasks.apply(1), inference);
            return with(
                    new Learning.ByStrategy(ofTasks, new Setup(network.layers(), training, script.seed(), threads())),
                    gates.settings(ofGates));
        }

        /** Refuses normalisation where what is trained has layers without, or none at all. */
        private void checkNormalisation(StrategyTraits traits) {
            if (!network.isNormalised()) {
                return;
            }
            if (!traits.takes(StrategyTraits.Setting.GATES)) {
                throw script.error(
                        "network.normalisation",
                        "strategy %s normalises no layer: remove it, or write strategy: gates".formatted(named.name()));
            }
            if (traits.network() == StrategyTraits.TrainedNetwork.NONE) {
                throw script.error(
                        "network.normalisation",
                        "where tasks are not told, random features take the place of layers that could be normalised: remove it, or write scenario: task and strategy: gates");
            }
            if (training.batchSize() == 1) {
                throw script.error(
                        "training.batch_size",
                        "one example has no variance to be normalised by (network.normalisation: batch): make it larger, or remove the normalisation");
            }
            for (Reference reference : report.references()) {
                throw script.error(
                        "report.references",
                        "reference %s normalises no layer: leave it out where network.normalisation is batch"
                                .formatted(reference.word()));
            }
        }

        /** Refuses exits and gaters of subnetworks where there are none, and settings by which exits cannot be trained. */
        private void checkConditional(StrategyTraits traits, GateSettings ofGates) {
            if (traits.takes(StrategyTraits.Setting.INFERENCE)) {
                String instead =
                        "exits and gaters are of tasks that are told: remove it, or write scenario: task and strategy: gates";
                if (network.early().isPresent()) {
                    throw script.error("network.exits", instead);
                }
                if (ofGates.gater().isPresent()) {
                    throw script.error("gates.gater", instead);
                }
            }
            if (network.early().isEmpty() || !traits.takes(StrategyTraits.Setting.GATES)) {
                return;
            }
            checkTrainsParts("tasks have exits (network.exits)");
        }

        private void checkTrainsParts(String where) {
            if (training.clips()) {
                throw script.error("training.gradient_clip", "has no meaning where %s: remove it".formatted(where));
            }
            if (training.batchSize() == 1) {
                throw script.error(
                        "training.batch_size",
                        "one example has no variance to be normalised by, as layers of a network with exits are: make it larger");
            }
        }

        private ExperimentScript ofExits(Exits exits) {
            TargetRules.check(script, exits, "network.layers");
            refuseReferences(EXITS);
            StrategySection.checkNone(named, script, EXITS);
            gates.refuseAll("has no meaning where a layer has an exit or a gater: remove the section");
            checkTrainsParts("a layer has an exit or a gater");
            return with(
                    new Learning.ByStrategy(
                            tasks -> exits, new Setup(network.layers(), training, script.seed(), threads())),
                    Map.of());
        }

        private void refuseReferences(String where) {
            if (!report.references().isEmpty()) {
                throw script.error(
                        "report.references",
                        "does not work where %s one task, so that there is nothing to hold it against: remove it"
                                .formatted(where));
            }
        }

        private ExperimentScript ofUnits() {
            refuseReferences(BINARY);
            StrategySection.checkNone(named, script, BINARY);
            int count = network.hidden().get(0);
            BinaryNeuron neuron = gates.neuron();
            GateLayout layout =
                    new GateLayout(neuron, Granularity.PER_EXAMPLE, count, 1, 1, GateLayout.Logits.PER_EXAMPLE);
            return with(
                    new Learning.ByBinaryUnits(new ClassifierTrainer(
                            count, neuron, gates.estimator(layout), gates.slope(), training, threads())),
                    gates.settingsOfUnits());
        }

        private int threads() {
            return script.threads().or(Lanes.defaultCount());
        }

        private ExperimentScript with(Learning learning, Map<String, Object> settingsOfGates) {
            Map<String, Object> found = new LinkedHashMap<>(script.settings());
            found.put("strategy", named.settings());
            found.put("network", network.settings());
            found.put("gates", settingsOfGates);
            found.put("inference", InferenceSection.settings(inference));
            found.put("training", StreamSection.without(stream, TrainingSection.settings(training)));
            found.put("report", ReportSection.settings(report, evaluation));
            found.put("checkpoint", CheckpointSection.settings(checkpoint));
            stream.ifPresent(written -> found.put(StreamSection.NAME, StreamSection.settings(written)));
            selection.ifPresent(held -> found.put(SelectionSection.NAME, held.settings()));
            ImmutableMap.Builder<String, Object> inOrder = ImmutableMap.builder();
            for (String key : TaskSequenceScript.KEYS) {
                if (found.containsKey(key)) {
                    inOrder.put(key, found.get(key));
                }
            }
            return new ExperimentScript(script, learning, report, checkpoint, selection, inOrder.buildOrThrow());
        }
    }
}
