package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import sluice.tasks.script.ScriptKeys;

/** All keys of scripts: those of data and tasks, and those of learning. */
final class LearningKeys {
    /** By the section's dotted key. */
    static final ImmutableMap<String, ImmutableList<String>> BY_SECTION =
            ImmutableMap.<String, ImmutableList<String>>builder()
                    .putAll(ScriptKeys.BY_SECTION)
                    .put("network", NetworkSection.KEYS)
                    .put("network.layers", LayerSection.KEYS)
                    .put("network.layers.conv", LayerSection.CONV_KEYS)
                    .put("network.growth", GrowthSection.KEYS)
                    .put("gates", GatesSection.KEYS)
                    .put("gates.slope", ScheduleSection.KEYS)
                    .put("inference", InferenceSection.KEYS)
                    .put("training", TrainingSection.KEYS)
                    .put("training.learning_rate_factor", ScheduleSection.KEYS)
                    .put("report", ReportSection.KEYS)
                    .put("report.continual", ReportSection.CONTINUAL_KEYS)
                    .buildOrThrow();

    private LearningKeys() {}
}
