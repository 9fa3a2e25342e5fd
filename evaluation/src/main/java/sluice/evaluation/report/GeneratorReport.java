package sluice.evaluation.report;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import org.knowm.xchart.internal.chartpart.Chart;

/** A report of networks that generate. */
record GeneratorReport(GeneratorRuns data, String title) implements ReportKind {
    @Override
    public ReportPage page() {
        return GeneratorPage.of(data, title);
    }

    @Override
    public String markdown(Path folder) {
        return new GeneratorMarkdown(data, title, folder).text();
    }

    @Override
    public ImmutableMap<String, Chart<?, ?>> charts() {
        return GeneratorCharts.of(data);
    }

    @Override
    public ImmutableMap<String, byte[]> events() {
        ImmutableMap.Builder<String, byte[]> events = ImmutableMap.builder();
        int number = 1;
        for (ReportedGenerator run : data.runs()) {
            events.put(number++ + "-" + FileNames.of(run.strategy()) + "-seed" + run.seed(), GeneratorEvents.of(run));
        }
        return events.buildOrThrow();
    }
}
