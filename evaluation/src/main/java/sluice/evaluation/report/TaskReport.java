package sluice.evaluation.report;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import org.knowm.xchart.internal.chartpart.Chart;

/** A report of forgetting. */
record TaskReport(ReportData data, String title) implements ReportKind {
    @Override
    public ReportPage page() {
        FittedPage page = FittedPage.of(data, title);
        return new ReportPage(page.html(), page.cuts());
    }

    @Override
    public String markdown(Path folder) {
        return new MarkdownReport(data, title).text();
    }

    @Override
    public ImmutableMap<String, Chart<?, ?>> charts() {
        return ChartPictures.of(data);
    }

    @Override
    public ImmutableMap<String, byte[]> events() {
        ImmutableMap.Builder<String, byte[]> events = ImmutableMap.builder();
        int number = 1;
        for (ReportRun run : data.runs()) {
            events.put(number++ + "-" + FileNames.of(run.strategy()) + "-seed" + run.seed(), RunEvents.of(run));
        }
        return events.buildOrThrow();
    }
}
