package sluice.evaluation.report;

import com.google.common.base.Utf8;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The page, cut step by step until it is below its size: first details that are many, then, where these do not suffice,
 * matrices, runs and strategies. Memory and time are linear in what is shown.
 */
final class FittedPage {
    /** Above so many, runs are summed up before details of the first ones are given up. */
    private static final int MANY_RUNS = 100;

    private final ReportData data;
    private final String title;
    private final List<String> ofDetails = new ArrayList<>();
    private ReportData shown;
    private PageExtent extent;
    private String html;

    private FittedPage(ReportData data, String title) {
        this.data = data;
        this.title = title;
        this.shown = data;
        this.extent = PageExtent.of(data);
        this.html = made();
    }

    static FittedPage of(ReportData data, String title) {
        FittedPage page = new FittedPage(data, title);
        page.fit();
        return page;
    }

    /** The whole file. */
    String html() {
        return html;
    }

    /** What was cut, a sentence each; none where all is shown. */
    ImmutableList<String> cuts() {
        return ImmutableList.<String>builder()
                .addAll(ofDetails)
                .addAll(extent.notes(data))
                .build();
    }

    private boolean fits() {
        return Utf8.encodedLength(html) < Report.LARGEST_PAGE;
    }

    private void fit() {
        for (PageBudget cut : PageBudget.values()) {
            if (!cut.sparesFirstSeeds() && extent.everyRun() && data.runs().size() > MANY_RUNS) {
                makeSmaller();
            }
            if (fits()) {
                return;
            }
            ReportData less = cut.applyTo(shown);
            if (!less.runs().equals(shown.runs())) {
                shown = less;
                ofDetails.add(cut.note());
                html = made();
            }
        }
        boolean more = true;
        while (more && !fits()) {
            more = makeSmaller();
        }
    }

    private boolean makeSmaller() {
        Optional<PageExtent> smaller = fits() ? Optional.empty() : extent.smaller(data);
        smaller.ifPresent(less -> {
            extent = less;
            html = made();
        });
        return smaller.isPresent();
    }

    private String made() {
        List<String> notes = new ArrayList<>();
        data.unfinished().ifPresent(notes::add);
        notes.addAll(cuts());
        return Page.of(PageData.of(shown, extent, title, notes), title);
    }
}
