package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/** The keys that scripts have. */
public final class ScriptKeys {
    /** Of the sections that are read here, by the section's dotted key. */
    public static final ImmutableMap<String, ImmutableList<String>> BY_SECTION =
            ImmutableMap.<String, ImmutableList<String>>builder()
                    .put("", TaskSequenceScript.KEYS)
                    .put("data", DataSettings.KEYS)
                    .put("data.missing", MissingSection.KEYS)
                    .put("data.tasks", CsvSection.TASK_KEYS)
                    .put("split", SplitSection.KEYS)
                    .put("compare", CompareSection.KEYS)
                    .put("compare.variants", CompareSection.VARIANT_KEYS)
                    .put("output", TaskSequenceScript.OUTPUT_KEYS)
                    .buildOrThrow();

    private ScriptKeys() {}
}
