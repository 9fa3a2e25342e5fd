package sluice.evaluation.report;

import com.google.common.base.Utf8;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The page of networks that generate, cut step by step until it is below its size. */
final class GeneratorPage {
    private GeneratorPage() {}

    static ReportPage of(GeneratorRuns data, String title) {
        GeneratorRuns shown = data;
        List<String> cuts = new ArrayList<>();
        String html = made(shown, data, title, cuts);
        for (GeneratorCut cut : GeneratorCut.values()) {
            if (Utf8.encodedLength(html) < Report.LARGEST_PAGE) {
                break;
            }
            GeneratorRuns fewer = cut.applyTo(shown);
            if (!fewer.equals(shown)) {
                shown = fewer;
                cuts.add(cut.note());
                html = made(shown, data, title, cuts);
            }
        }
        return new ReportPage(html, ImmutableList.copyOf(cuts));
    }

    /** What is said of all is said before anything was cut. */
    private static String made(GeneratorRuns shown, GeneratorRuns all, String title, List<String> cuts) {
        List<String> notes = Stream.concat(all.notes().stream(), cuts.stream()).toList();
        return Page.of(new GeneratorPageData(shown, all).of(title, notes), title, Page.OF_GENERATORS);
    }
}
