package sluice.evaluation.report;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import org.knowm.xchart.internal.chartpart.Chart;

/** What a report is about, and how that is shown. */
sealed interface ReportKind permits TaskReport, GeneratorReport {
    /** The page, cut until it is below its size. */
    ReportPage page();

    /** The short report, for a folder that it is to lie in. */
    String markdown(Path folder);

    /** Charts by file name without extension. */
    ImmutableMap<String, Chart<?, ?>> charts();

    /** The content of event files, by the name of the run's folder. */
    ImmutableMap<String, byte[]> events();
}
