package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Range;
import java.util.LinkedHashMap;
import java.util.Map;
import sluice.framework.generator.ClassConsistency;
import sluice.framework.generator.ClassLearning;
import sluice.framework.generator.GenerationRequest;
import sluice.framework.generator.GeneratorShape;
import sluice.framework.generator.GeneratorTrainer;
import sluice.framework.generator.ImageBinarisation;
import sluice.framework.generator.LatentLayer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.script.GeneratorSettings.ClassLatent;
import sluice.gating.Estimators;
import sluice.gating.Schedule;
import sluice.tasks.Shape;
import sluice.tasks.script.Complaint;
import sluice.tasks.script.Section;
import sluice.tasks.script.Value;

/** Reads and writes the section {@code generator}. */
record GeneratorSection(Section section) {
    static final ImmutableList<String> KEYS = ImmutableList.of(
            "kind",
            "latents",
            "hidden",
            "class",
            "label_weight",
            "consistency",
            "estimator",
            "slope",
            "samples",
            "control_variate",
            "binarisation",
            "binarisation_seed",
            "validation",
            "evaluate");
    private static final ImmutableList<String> LATENT_KEYS = ImmutableList.of("variables", "choices");
    private static final ImmutableList<String> CONSISTENCY_KEYS =
            ImmutableList.of("weight", "radius", "shift", "entropy");
    private static final Range<Integer> SHIFTS = Range.closed(0, 1000);
    private static final ImmutableList<String> EVALUATE_KEYS = ImmutableList.of("samples", "images", "asked");
    private static final ImmutableList<LatentLayer> DEFAULT_LATENTS = ImmutableList.of(LatentLayer.bernoulli(200));
    private static final Range<Integer> UNITS = Range.closed(1, LatentLayer.MOST_UNITS);
    private static final Range<Integer> CHOICES = Range.closed(2, LatentLayer.MOST_UNITS);
    private static final Range<Integer> COUNTS = Range.closed(1, Integer.MAX_VALUE - 1);
    private static final Range<Integer> FROM_NONE = Range.closed(0, Integer.MAX_VALUE);
    private static final Range<Integer> ASKED = Range.closed(0, GenerationRequest.MOST);
    private static final Range<Integer> TEST_SAMPLES = Range.closed(1, 1_000_000);
    /** Features of some data: any will do for what is checked beforehand. */
    private static final Shape SOME_DATA = new Shape.Vector(4);

    /** What is taken from losses. */
    enum ControlVariate {
        /** Nothing. */
        NONE,
        /** The decoder's second-order expansion around the means of the latents. */
        QUADRATIC
    }

    GeneratorSettings read(TrainingSettings training) {
        GeneratorShape.Kind kind = section.choice("kind", GeneratorShape.Kind.AUTOENCODER);
        ImmutableList<LatentLayer> latents =
                section.value("latents").map(GeneratorSection::latents).orElse(DEFAULT_LATENTS);
        ClassLatent ofClass =
                section.value("class").map(GeneratorSection::ofClass).orElse(new ClassLatent.None());
        checkClass(kind, ofClass);
        Section evaluate = section.section("evaluate", EVALUATE_KEYS);
        GeneratorSettings settings = new GeneratorSettings(
                kind,
                latents,
                section.value("hidden").map(GeneratorSection::hidden).orElse(ImmutableList.of()),
                ofClass,
                new ClassLearning(
                        section.real("label_weight", Range.atLeast(0.0), 1),
                        section.value("consistency")
                                .map(GeneratorSection::consistency)
                                .orElse(ClassConsistency.NONE)),
                GatesSection.estimator(named()),
                ScheduleSection.read(section, "slope", 1),
                section.integer("samples", Range.closed(1, GeneratorTrainer.MOST_SAMPLES), 1),
                section.choice("control_variate", ControlVariate.NONE) == ControlVariate.QUADRATIC,
                section.choice("binarisation", ImageBinarisation.FIXED),
                section.whole("binarisation_seed", 1),
                section.integer("validation", FROM_NONE, 0),
                evaluate.integer("samples", TEST_SAMPLES, 1000),
                evaluate.value("images").map(GeneratorSection::images).orElse(Integer.MAX_VALUE),
                evaluate.integer("asked", ASKED, 0));
        checkAsked(evaluate, settings);
        checkTrainer(settings, training);
        return settings;
    }

    private void checkClass(GeneratorShape.Kind kind, ClassLatent ofClass) {
        boolean none = ofClass instanceof ClassLatent.None;
        if (none) {
            section.refuseWhere(
                    "class",
                    "none",
                    "label_weight",
                    "has no meaning where class is none, as no label is looked at: remove it, or write class: given");
            section.refuseWhere(
                    "class",
                    "none",
                    "consistency",
                    "has no meaning where class is none, as no class is told: remove it, or write class: 10");
        } else if (kind == GeneratorShape.Kind.STRUCTURED) {
            throw section.error(
                    "class", "must be none where kind is structured, whose latents are what generates: remove it");
        }
    }

    private static void checkAsked(Section evaluate, GeneratorSettings settings) {
        boolean known = settings.classLatent() instanceof ClassLatent.Known labels && labels.perClass() > 0;
        if (settings.asked() > 0 && !known) {
            throw evaluate.error(
                    "asked",
                    "must be 0 where no class is known, as none can be asked for: remove it, or write class: given");
        }
    }

    /** What no single key tells: checked with data of any size. */
    private void checkTrainer(GeneratorSettings settings, TrainingSettings training) {
        GeneratorShape shape = settings.shape(SOME_DATA, 2);
        try {
            shape.checkServed(settings.estimator());
        } catch (IllegalArgumentException unfit) {
            throw named().misfit(unfit.getMessage());
        }
        try {
            new GeneratorTrainer(
                    shape,
                    settings.estimator(),
                    settings.slope(),
                    settings.samples(),
                    false,
                    settings.binarisation(),
                    0,
                    settings.classLearning(),
                    training);
        } catch (IllegalArgumentException unfit) {
            throw section.error("samples", unfit.getMessage());
        }
        try {
            settings.trainer(shape, training);
        } catch (IllegalArgumentException unfit) {
            throw section.error("control_variate", unfit.getMessage());
        }
    }

    private NamedSetting named() {
        return NamedSetting.read(section, "estimator", "st-sigmoid", Estimators.BY_NAME.keySet());
    }

    private static ImmutableList<LatentLayer> latents(Value value) {
        return value
                .items(
                        "a list of 1 to %d layers like [200] or [{variables: 20, choices: 10}]"
                                .formatted(GeneratorShape.MOST_LATENTS),
                        GeneratorShape.MOST_LATENTS)
                .stream()
                .map(GeneratorSection::latent)
                .collect(ImmutableList.toImmutableList());
    }

    private static LatentLayer latent(Value value) {
        if (!value.isMapping()) {
            return LatentLayer.bernoulli(value.integer(UNITS));
        }
        Section layer = Section.of(value, LATENT_KEYS);
        int variables = layer.required("variables", "variables: 20").integer(UNITS);
        int choices = layer.required("choices", "choices: 10").integer(CHOICES);
        if ((long) variables * choices > LatentLayer.MOST_UNITS) {
            throw value.error("must have at most %d units, variables times choices, got %d x %d: make it smaller"
                    .formatted(LatentLayer.MOST_UNITS, variables, choices));
        }
        return LatentLayer.categorical(variables, choices);
    }

    /** No layers are an empty list, which scripts write, too. */
    private static ImmutableList<Integer> hidden(Value value) {
        if (value.is("none")) {
            return ImmutableList.of();
        }
        return value.items("none, or a list of layer sizes like [200]").stream()
                .map(layer -> layer.integer(Range.closed(1, GeneratorShape.MOST_HIDDEN_UNITS)))
                .collect(ImmutableList.toImmutableList());
    }

    private static ClassLatent ofClass(Value value) {
        if (value.isNumber()) {
            return new ClassLatent.Known(value.integer(COUNTS));
        }
        if (value.is("given")) {
            return new ClassLatent.Known(Integer.MAX_VALUE);
        }
        if (value.is("unsupervised")) {
            return new ClassLatent.Known(0);
        }
        if (value.is("none")) {
            return new ClassLatent.None();
        }
        throw value.error(
                "must be none, given, unsupervised, or a number of labelled examples per class like 10, got %s"
                        .formatted(Complaint.quote(value.text())));
    }

    private static ClassConsistency consistency(Value value) {
        if (value.is("none")) {
            return ClassConsistency.NONE;
        }
        Section section = Section.of(value, CONSISTENCY_KEYS);
        return new ClassConsistency(
                section.value("weight")
                        .map(weight -> ScheduleSection.read(weight, Range.atLeast(0.0)))
                        .orElse(new Schedule.Constant(1)),
                section.real("radius", Range.atLeast(0.0), 1),
                section.integer("shift", SHIFTS, 0),
                section.real("entropy", Range.atLeast(0.0), 1));
    }

    private static Object settings(ClassConsistency consistency) {
        return consistency.equals(ClassConsistency.NONE)
                ? "none"
                : ImmutableMap.of(
                        "weight", ScheduleSection.settings(consistency.weight()),
                        "radius", consistency.radius(),
                        "shift", consistency.shift(),
                        "entropy", consistency.entropy());
    }

    private static int images(Value value) {
        return value.is("all") ? Integer.MAX_VALUE : value.integer(COUNTS);
    }

    /** As a script has them. */
    Map<String, Object> settings(GeneratorSettings generator) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("kind", Section.word(generator.kind()));
        settings.put(
                "latents",
                generator.latents().stream().map(GeneratorSection::setting).toList());
        settings.put("hidden", generator.hidden().isEmpty() ? "none" : generator.hidden());
        settings.put("class", setting(generator.classLatent()));
        if (!(generator.classLatent() instanceof ClassLatent.None)) {
            settings.put("label_weight", generator.classLearning().labelWeight());
            settings.put("consistency", settings(generator.classLearning().consistency()));
        }
        settings.put("estimator", named().settings());
        settings.put("slope", ScheduleSection.settings(generator.slope()));
        settings.put("samples", generator.samples());
        settings.put(
                "control_variate", Section.word(generator.variate() ? ControlVariate.QUADRATIC : ControlVariate.NONE));
        settings.put("binarisation", Section.word(generator.binarisation()));
        settings.put("binarisation_seed", generator.binarisationSeed());
        settings.put("validation", generator.validation());
        settings.put(
                "evaluate",
                ImmutableMap.of(
                        "samples",
                        generator.testSamples(),
                        "images",
                        generator.testImages() == Integer.MAX_VALUE ? "all" : generator.testImages(),
                        "asked",
                        generator.asked()));
        return settings;
    }

    private static Object setting(LatentLayer latent) {
        return latent.isCategorical()
                ? ImmutableMap.of("variables", latent.variables(), "choices", latent.choices())
                : latent.variables();
    }

    private static Object setting(ClassLatent ofClass) {
        if (ofClass instanceof ClassLatent.Known known) {
            return known.perClass() == 0
                    ? "unsupervised"
                    : known.perClass() == Integer.MAX_VALUE ? "given" : known.perClass();
        }
        return "none";
    }
}
