package sluice.evaluation.report;

import java.util.List;
import java.util.Optional;
import sluice.evaluation.run.RunRecord;
import sluice.evaluation.run.TaskRecord;

/** What run.json says of exact retention: whether every consolidated task kept every bit. */
enum Retention {
    /** Everything that was frozen is unchanged. */
    EXACT,
    /** Something that was frozen changed. */
    BROKEN,
    /** There was one task only, and so nothing to be retained. */
    UNDEFINED,
    /** The strategy promises no exact retention. */
    NOT_PROMISED,
    /** There is no record of it, as in results of other systems. */
    UNKNOWN;

    static Retention of(ReportRun run) {
        Optional<RunRecord> record = run.details().record();
        Optional<Boolean> exact = record.flatMap(RunRecord::exactRetention);
        if (exact.isPresent() && !isOfOneTask(run)) {
            return exact.get() ? EXACT : BROKEN;
        }
        if (exact.isPresent()
                || record.filter(known -> known.comparedLogits().isPresent()).isPresent()) {
            return UNDEFINED;
        }
        return record.isEmpty() ? UNKNOWN : NOT_PROMISED;
    }

    private static boolean isOfOneTask(ReportRun run) {
        return run.matrix().tasks().size() == 1;
    }

    /** Logits of earlier tasks that were compared bit for bit after the last one, as after each before, and found equal. */
    static long comparedLogits(ReportRun run) {
        return run.details().record().map(Retention::comparedLogits).orElse(0L);
    }

    private static long comparedLogits(RunRecord record) {
        List<TaskRecord> tasks = record.tasks(); // which earlier builds wrote alone
        long last = tasks.isEmpty() ? 0 : tasks.get(tasks.size() - 1).unchanged();
        return record.comparedLogits().orElse(last);
    }
}
