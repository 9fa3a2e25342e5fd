package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Range;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sluice.framework.loss.Loss;
import sluice.framework.optimizer.ClassWeights;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.Optimizers;
import sluice.framework.optimizer.Sgd;
import sluice.framework.optimizer.TrainingDuration;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.optimizer.Validation;
import sluice.gating.Schedule;
import sluice.tasks.Suggestion;
import sluice.tasks.script.Section;
import sluice.tasks.script.Value;

/** Reads and writes the section {@code training}. */
final class TrainingSection {
    static final ImmutableList<String> KEYS = ImmutableList.of(
            "epochs",
            "iterations",
            "batch_size",
            "optimizer",
            "learning_rate",
            "momentum",
            "weight_decay",
            "gradient_clip",
            "learning_rate_factor",
            "validation",
            "patience",
            "class_weights");
    private static final String BALANCED = "balanced";
    private static final Range<Double> HELD_OUT = Range.openClosed(0.0, Validation.MOST);
    private static final int MOST_EPOCHS = 100_000;
    private static final Range<Integer> EPOCHS = Range.closed(1, MOST_EPOCHS);
    private static final Range<Integer> ITERATIONS = Range.closed(1, 100_000_000);
    private static final Range<Integer> BATCHES = Range.closed(1, 100_000);
    private static final Schedule.Constant UNCHANGED = new Schedule.Constant(1);
    /** As many as the size of the task asks for. */
    private static final String FITTING = "auto";

    private static final String WITH_MOMENTUM = "sgd";

    private TrainingSection() {}

    static TrainingSettings read(Section training) {
        return new TrainingSettings(
                length(training),
                training.integer("batch_size", BATCHES, TrainingSettings.DEFAULT.batchSize()),
                optimizer(training),
                training.real("gradient_clip", Range.greaterThan(0.0), Double.POSITIVE_INFINITY),
                ScheduleSection.read(training, "learning_rate_factor", UNCHANGED.value()),
                Loss.DEFAULT,
                validation(training),
                training.value("class_weights").map(TrainingSection::weights).orElse(ClassWeights.none()));
    }

    private static Optional<Validation> validation(Section training) {
        Optional<Value> share = training.value("validation");
        if (share.isEmpty()) {
            training.refuse(
                    "patience",
                    "needs training.validation, the share of examples that are held out, as in validation: 0.1");
            return Optional.empty();
        }
        return Optional.of(new Validation(
                share.get().real(HELD_OUT),
                training.integer("patience", Range.closed(1, MOST_EPOCHS), Validation.PATIENCE)));
    }

    private static ClassWeights weights(Value written) {
        if (written.is(BALANCED)) {
            return ClassWeights.balanced();
        }
        ImmutableMap<String, Value> named = written.entries(
                "balanced, or weights of classes by their names, like {churned: 5}", ImmutableList.of());
        if (named.isEmpty()) {
            throw written.error("names no class: write balanced, or weights like {churned: 5}");
        }
        return new ClassWeights.ByClass(
                ImmutableMap.copyOf(Maps.transformValues(named, weight -> weight.real(Range.greaterThan(0.0)))));
    }

    private static TrainingDuration length(Section training) {
        Optional<Value> iterations = training.value("iterations");
        if (iterations.isEmpty()) {
            return training.value("epochs")
                    .filter(value -> !value.is(FITTING))
                    .<TrainingDuration>map(value -> new TrainingDuration.Epochs(value.integer(EPOCHS)))
                    .orElse(TrainingDuration.Fitting.DEFAULT);
        }
        training.refuseBeside(
                "iterations",
                "epochs",
                "cannot stand beside iterations: remove one of the two (--set training={...} replaces the whole section)");
        return new TrainingDuration.Iterations(iterations.get().integer(ITERATIONS));
    }

    private static Optimizer optimizer(Section training) {
        String name =
                training.value("optimizer").map(TrainingSection::optimizerName).orElse("adam");
        if (!name.equals(WITH_MOMENTUM)) {
            training.refuseWhere(
                    "optimizer", name, "momentum", "applies only where optimizer is sgd, here it is " + name);
        }
        double learningRate = training.real("learning_rate", Range.greaterThan(0.0), 0.001);
        double momentum = training.real("momentum", Range.closedOpen(0.0, 1.0), 0);
        double weightDecay = training.real("weight_decay", Range.atLeast(0.0), 0);
        return Optimizers.BY_NAME.get(name).of(learningRate, momentum, weightDecay);
    }

    private static String optimizerName(Value value) {
        Set<String> known = Optimizers.BY_NAME.keySet();
        String name = NamedSetting.name(value, value.name(known));
        if (!known.contains(name)) {
            throw value.unknown("unknown optimizer '%s': %s".formatted(name, Suggestion.of(name, known)), known);
        }
        return name;
    }

    /** As a script has them. */
    static Map<String, Object> settings(TrainingSettings training) {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (training.length() instanceof TrainingDuration.Epochs epochs) {
            settings.put("epochs", epochs.count());
        } else if (training.length() instanceof TrainingDuration.Fitting) {
            settings.put("epochs", FITTING);
        } else {
            settings.put("iterations", ((TrainingDuration.Iterations) training.length()).count());
        }
        settings.put("batch_size", training.batchSize());
        settings.put("optimizer", training.optimizer().name());
        settings.put("learning_rate", training.optimizer().learningRate());
        if (training.optimizer() instanceof Sgd sgd) {
            settings.put("momentum", sgd.momentum());
        }
        settings.put("weight_decay", training.optimizer().weightDecay());
        if (Double.isFinite(training.gradientClip())) {
            settings.put("gradient_clip", training.gradientClip());
        }
        if (!training.learningRateFactor().equals(UNCHANGED)) {
            settings.put("learning_rate_factor", ScheduleSection.settings(training.learningRateFactor()));
        }
        training.validation().ifPresent(held -> {
            settings.put("validation", held.share());
            settings.put("patience", held.patience());
        });
        if (training.classWeights() instanceof ClassWeights.ByClass named) {
            settings.put("class_weights", named.weights());
        } else if (training.classWeights().equals(ClassWeights.balanced())) {
            settings.put("class_weights", BALANCED);
        }
        return settings;
    }
}
