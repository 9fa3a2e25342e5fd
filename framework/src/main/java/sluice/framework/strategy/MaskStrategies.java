package sluice.framework.strategy;

import static sluice.framework.strategy.Strategies.entry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Map;
import sluice.framework.strategy.Strategies.Entry;
import sluice.framework.strategy.Strategies.Family;

/** The part of the table {@link Strategies} whose tasks have weights, units or directions of their own. */
final class MaskStrategies {
    private MaskStrategies() {}

    static ImmutableList<Entry> entries() {
        return ImmutableList.of(
                entry(
                        Family.PROJECTION,
                        "steps at right angles to most of what earlier tasks' inputs span, layer by layer",
                        "Saha et al. 2021",
                        conditions -> ImmutableMap.of(
                                "threshold",
                                GradientProjectionMemory.DEFAULT.threshold(),
                                "upper_threshold",
                                GradientProjectionMemory.DEFAULT.upperThreshold(),
                                "growth",
                                GradientProjectionMemory.DEFAULT.growth(),
                                "examples",
                                (double) GradientProjectionMemory.DEFAULT.examples()),
                        values -> new GradientProjectionMemory(
                                values.number("threshold"),
                                values.number("upper_threshold"),
                                values.number("growth"),
                                values.count("examples"))),
                entry(
                        Family.MASKS,
                        "weights of small magnitude are handed on, the others kept",
                        "Mallya & Lazebnik 2018",
                        conditions -> ImmutableMap.of(
                                "pruned",
                                PackNet.defaultPruned(conditions.tasks()),
                                "retraining",
                                PackNet.DEFAULT_RETRAINING),
                        values -> new PackNet(values.number("pruned"), values.number("retraining"))),
                entry(
                        Family.MASKS,
                        "a gate per weight: those of small weights close little by little, the others are kept",
                        "Sluice, after Zhu & Gupta 2017",
                        conditions -> ImmutableMap.of(
                                "kept",
                                WeightGates.defaultKept(conditions.tasks()),
                                "closing",
                                WeightGates.DEFAULT_CLOSING,
                                "reuse",
                                0.0),
                        values ->
                                new WeightGates(values.number("kept"), values.number("closing"), values.flag("reuse"))),
                entry(
                        Family.MASKS,
                        "attention to units, annealed; soft, as published",
                        "Serra et al. 2018",
                        conditions -> ImmutableMap.of(
                                "lambda",
                                HardAttention.DEFAULT.lambda(),
                                "s_max",
                                HardAttention.DEFAULT.sMax(),
                                "learning_rate",
                                HardAttention.DEFAULT.learningRate()),
                        values -> new HardAttention(
                                values.number("lambda"), values.number("s_max"), values.number("learning_rate"))),
                entry(
                        Family.MASKS,
                        "which of fixed random weights a task uses",
                        "Wortsman et al. 2020",
                        conditions -> Map.of("share", Supermasks.DEFAULT_SHARE),
                        values -> new Supermasks(values.number("share"))),
                entry(
                        Family.MASKS,
                        "weights, and by scores which of them a task uses, are learned together",
                        "Kang et al. 2022",
                        conditions -> ImmutableMap.of("share", WinningSubnetworks.DEFAULT_SHARE, "score_rate", 1.0),
                        values -> new WinningSubnetworks(values.number("share"), values.number("score_rate"))),
                entry(
                        Family.MASKS,
                        "units drawn at random are closed, task by task; c adds synaptic intelligence",
                        "Masse et al. 2018",
                        conditions -> ImmutableMap.of("closed", ContextGating.DEFAULT_CLOSED, "c", 0.0),
                        values -> new ContextGating(values.number("closed"), values.number("c"))));
    }
}
