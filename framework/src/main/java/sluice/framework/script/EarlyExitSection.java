package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Map;
import sluice.framework.conditional.EarlyExits;
import sluice.framework.conditional.ExitLayer;
import sluice.framework.conditional.ExitTrainer;
import sluice.tasks.script.Section;
import sluice.tasks.script.Value;

/** Reads and writes the key {@code network.exits}: a small network of each task's own, before its subnetwork. */
final class EarlyExitSection {
    static final ImmutableList<String> KEYS = ImmutableList.of("layers", "input_noise", "held_out", "budget");
    private static final ImmutableList<String> LAYER_KEYS = ImmutableList.<String>builder()
            .add("dense")
            .addAll(ExitSection.LAYER_KEYS)
            .build();
    private static final int MOST_LAYERS = 20;

    private EarlyExitSection() {}

    static EarlyExits read(Value value) {
        Section section = Section.of(value, KEYS);
        try {
            return new EarlyExits(
                    layers(section),
                    ExitSection.inputNoise(section),
                    ExitSection.heldOut(section),
                    section.value("budget").map(ExitSection::budget).orElse(ExitTrainer.NO_BUDGET));
        } catch (IllegalArgumentException unfit) {
            throw section.error("layers", unfit.getMessage());
        }
    }

    private static ImmutableList<Value> items(Section section) {
        return section.required("layers", "layers: [{dense: 8}]")
                .items("a list of 1 to %d layers like [{dense: 8}]".formatted(MOST_LAYERS), MOST_LAYERS);
    }

    /** There is an exit above the last whether it is written or not. */
    private static ImmutableList<ExitLayer> layers(Section section) {
        ImmutableList<Value> items = items(section);
        ImmutableList.Builder<ExitLayer> layers = ImmutableList.builder();
        for (int l = 0; l < items.size(); l++) {
            layers.add(layer(Section.of(items.get(l), LAYER_KEYS), l < items.size() - 1));
        }
        return layers.build();
    }

    private static ExitLayer layer(Section layer, boolean mayExit) {
        int units = layer.required("dense", "dense: 8").integer(LayerSection.UNITS);
        boolean exit = layer.choice("exit", ExitSection.Exit.NONE) == ExitSection.Exit.MARGIN;
        return ExitSection.layer(layer, units, exit && mayExit);
    }

    static Map<String, Object> settings(Value value) {
        Section section = Section.of(value, KEYS);
        EarlyExits read = read(value);
        ImmutableMap.Builder<String, Object> settings = ImmutableMap.builder();
        settings.put(
                        "layers",
                        items(section).stream()
                                .map(item -> Section.of(item, LAYER_KEYS))
                                .map(layer -> ExitSection.settings(layer, layer(layer, true)))
                                .toList())
                .put("input_noise", read.inputNoise())
                .put("held_out", read.heldOut());
        if (read.budget() != ExitTrainer.NO_BUDGET) {
            settings.put("budget", read.budget());
        }
        return settings.buildOrThrow();
    }
}
