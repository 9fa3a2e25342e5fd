package sluice.framework.experiment;

import sluice.framework.script.ExperimentScript;
import sluice.framework.script.ExperimentScript.Learning;
import sluice.framework.script.GeneratorScript;
import sluice.tasks.script.TaskSequenceScript;

/** What a script means as a run. */
final class ScriptPlan {
    private ScriptPlan() {}

    /** Of a run in a comparison, whatever it learns. */
    static Plan any(TaskSequenceScript script) {
        return script.isGenerator() ? new GeneratorPlan(GeneratorScript.of(script)) : of(script);
    }

    static RunPlan of(TaskSequenceScript script) {
        ExperimentScript read = ExperimentScript.of(script);
        return new RunPlan(
                script.name(),
                new ScriptData(read),
                learner(read),
                read.report(),
                read.settings(),
                script.locations(),
                read.checkpoint());
    }

    private static Learner learner(ExperimentScript script) {
        if (script.learning() instanceof Learning.ByStrategy chosen) {
            return new Learner.OfTasks(chosen.strategy(), script.tasks().scenario(), chosen.setup());
        }
        return new Learner.OfOneTask(
                ((Learning.ByBinaryUnits) script.learning()).trainer(),
                script.tasks().seed());
    }
}
