package sluice.framework.result;

import com.google.common.collect.ImmutableList;
import sluice.evaluation.run.TaskRecord;
import sluice.framework.account.BudgetKept;
import sluice.framework.account.LayerAccount;
import sluice.framework.account.LayerCapacity;
import sluice.framework.account.MultiplyAdds;

/** What learning tasks took, as files hold it. */
public final class SummaryRecords {
    private SummaryRecords() {}

    /**
     * {@return the record}
     *
     * @param task what learning it took
     */
    public static TaskRecord of(TaskSummary task) {
        return new TaskRecord(
                task.task(),
                task.openUnits(),
                task.steps(),
                task.seconds(),
                task.account().stream().map(SummaryRecords::account).toList(),
                task.digest(),
                task.hardening().map(cost -> new TaskRecord.Hardening(cost.relaxedAccuracy(), cost.binaryAccuracy())),
                task.unchanged(),
                task.grown(),
                task.capacity().stream().map(SummaryRecords::layer).toList(),
                task.chosen().map(SummaryRecords::validation));
    }

    private static TaskRecord.Validation validation(ChosenPass chosen) {
        return new TaskRecord.Validation(
                chosen.pass(),
                chosen.trained(),
                chosen.most(),
                chosen.score().correct(),
                chosen.score().examples(),
                chosen.score().loss());
    }

    private static ChosenPass chosen(TaskRecord.Validation validation) {
        return new ChosenPass(
                validation.pass(),
                validation.trained(),
                validation.most(),
                new ValidationScore(validation.correct(), validation.examples(), validation.loss()));
    }

    private static TaskRecord.Account account(LayerAccount account) {
        return new TaskRecord.Account(account.layer(), multiplyAdds(account.done()), multiplyAdds(account.dense()));
    }

    private static TaskRecord.MultiplyAdds multiplyAdds(MultiplyAdds work) {
        return new TaskRecord.MultiplyAdds(work.forward(), work.inputGradient(), work.weightGradient());
    }

    private static TaskRecord.Layer layer(LayerCapacity layer) {
        return new TaskRecord.Layer(
                layer.layer(),
                layer.units(),
                layer.openUnits(),
                layer.newUnits(),
                layer.reusedUnits(),
                layer.freeUnits(),
                layer.undecidedGates(),
                layer.probabilities(),
                layer.budget()
                        .map(kept -> new TaskRecord.Budget(
                                kept.share(),
                                kept.limit(),
                                kept.expectedShare(),
                                kept.wantedUnits(),
                                kept.multiplier())));
    }

    /**
     * {@return what learning the task took, the same that the record was made of}
     *
     * @param task as {@link #of(TaskSummary)} wrote it
     */
    public static TaskSummary of(TaskRecord task) {
        return new TaskSummary(
                task.task(),
                ImmutableList.copyOf(task.openUnits()),
                task.steps(),
                task.seconds(),
                task.account().stream().map(SummaryRecords::account).collect(ImmutableList.toImmutableList()),
                task.digest(),
                task.hardening().map(cost -> new Binarisation(cost.relaxedAccuracy(), cost.binaryAccuracy())),
                task.unchanged(),
                ImmutableList.copyOf(task.grown()),
                task.capacity().stream().map(SummaryRecords::layer).collect(ImmutableList.toImmutableList()),
                task.validation().map(SummaryRecords::chosen));
    }

    private static LayerAccount account(TaskRecord.Account account) {
        return new LayerAccount(account.layer(), multiplyAdds(account.done()), multiplyAdds(account.dense()));
    }

    private static MultiplyAdds multiplyAdds(TaskRecord.MultiplyAdds work) {
        return new MultiplyAdds(work.forward(), work.inputGradient(), work.weightGradient());
    }

    private static LayerCapacity layer(TaskRecord.Layer layer) {
        return new LayerCapacity(
                layer.layer(),
                layer.units(),
                layer.openUnits(),
                layer.newUnits(),
                layer.reusedUnits(),
                layer.freeUnits(),
                layer.undecidedGates(),
                ImmutableList.copyOf(layer.probabilities()),
                layer.budget()
                        .map(kept -> new BudgetKept(
                                kept.share(),
                                kept.limit(),
                                kept.expectedShare(),
                                kept.wantedUnits(),
                                kept.multiplier())));
    }
}
