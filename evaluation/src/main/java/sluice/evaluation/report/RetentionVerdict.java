package sluice.evaluation.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import sluice.evaluation.Printable;

/** Whether anything of earlier tasks changed, a sentence per kind of answer. */
final class RetentionVerdict {
    private static final int NAME_LENGTH = 40;
    private static final int NAMES = 20;

    private RetentionVerdict() {}

    static List<String> of(ReportData data) {
        Map<Retention, List<ReportRun>> kinds = new LinkedHashMap<>();
        for (Retention kind : Retention.values()) {
            List<ReportRun> runs = data.runs().stream()
                    .filter(run -> Retention.of(run) == kind)
                    .toList();
            if (!runs.isEmpty()) {
                kinds.put(kind, runs);
            }
        }
        List<String> verdicts = new ArrayList<>();
        kinds.forEach((kind, runs) -> verdicts.add(sentence(kind, runs)));
        return verdicts;
    }

    private static String sentence(Retention kind, List<ReportRun> runs) {
        List<String> strategies =
                runs.stream().map(ReportRun::strategy).distinct().toList();
        String names = strategies.stream()
                        .limit(NAMES)
                        .map(strategy -> Printable.abbreviated(strategy, NAME_LENGTH))
                        .distinct()
                        .collect(Collectors.joining(", "))
                + (strategies.size() > NAMES
                        ? String.format(Locale.ROOT, " and %,d more", strategies.size() - NAMES)
                        : "");
        long logits = runs.stream().mapToLong(Retention::comparedLogits).sum();
        return switch (kind) {
            case EXACT ->
                "exact retention: yes (" + names + "): every frozen parameter"
                        + (logits > 0 ? String.format(Locale.ROOT, ", and %,d logits of earlier tasks,", logits) : "")
                        + " the same bit for bit";
            case BROKEN -> "exact retention: NO (" + names + "): something that was frozen changed";
            case UNDEFINED -> "exact retention: undefined (" + names + ") because there is only one task";
            case NOT_PROMISED -> "exact retention: not promised (" + names + ")";
            case UNKNOWN -> "exact retention: unknown (" + names + "): accuracies alone cannot tell";
        };
    }
}
