package sluice.framework.script;

import sluice.tasks.script.TaskSequenceScript;

/** The sections of a script that speak of learning, of whatever kind of run. */
public final class ScriptSections {
    private ScriptSections() {}

    /**
     * Reads all of them, to see whether they are right.
     *
     * @param script of a run
     * @throws sluice.tasks.InputException at {@code file:line: key} of the first mistake
     */
    public static void check(TaskSequenceScript script) {
        if (script.isGenerator()) {
            GeneratorScript.of(script);
        } else {
            ExperimentScript.of(script);
        }
    }
}
