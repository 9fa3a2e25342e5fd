package sluice.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    @Test
    void theNearestNameIsSuggested() {
        assertThat(Suggestion.of("epoch", List.of("batch_size", "epochs"))).isEqualTo("did you mean 'epochs'?");
    }

    @Test
    void caseAndHyphensDoNotMakeNamesDiffer() {
        assertThat(Suggestion.nearest("Gradient-Clip", List.of("epochs", "gradient_clip")))
                .contains("gradient_clip");
    }

    @Test
    void nothingIsSuggestedWhereNothingIsNear() {
        assertThat(Suggestion.nearest("momentum", List.of("epochs", "seed"))).isEmpty();
        assertThat(Suggestion.nearest("xy", List.of("lr"))).isEmpty();
        assertThat(Suggestion.of("xy", List.of("lr", "seed"))).isEqualTo("choose one of lr, seed");
    }
}
