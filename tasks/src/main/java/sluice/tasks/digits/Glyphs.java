package sluice.tasks.digits;

import com.google.common.collect.ImmutableList;

/** The ways in which people write the ten digits. */
final class Glyphs {
    private static final ImmutableList<ImmutableList<Glyph>> BY_DIGIT = ImmutableList.of(
            ImmutableList.of(
                    // an oval from the top, anticlockwise
                    Glyph.of(3, "54,1 24,14 8,50 22,87 50,100 79,86 93,50 78,13 48,2"),
                    // begun at the upper right, closed by a loop inside
                    Glyph.of(2, "66,6 30,12 10,48 20,84 48,100 78,86 88,46 72,10 46,4 32,18"),
                    // narrow, not quite closed
                    Glyph.of(2, "46,2 24,26 20,62 36,95 58,96 76,66 76,28 60,5"),
                    // clockwise from the lower left
                    Glyph.of(1, "30,90 12,62 18,22 48,1 78,16 90,54 74,90 44,99 24,84")),
            ImmutableList.of(
                    // a bare stroke
                    Glyph.of(4, "51,0 50,50 49,100"),
                    // with a flag
                    Glyph.of(2, "28,24 52,0! 51,50 51,100"),
                    // with a flag and a foot
                    Glyph.of(2, "34,22 53,0! 52,50 51,99", "28,99 52,98 78,99"),
                    // with a long flag, as on the Continent
                    Glyph.of(1, "22,44 42,24 58,0! 57,50 56,100")),
            ImmutableList.of(
                    // round above, a corner below
                    Glyph.of(3, "14,26 32,4 60,2 80,22 70,50 40,78 12,98! 50,95 92,97"),
                    // with a loop below
                    Glyph.of(3, "14,20 36,2 64,4 78,26 64,58 36,88 16,96 12,82 30,78 56,92 92,94"),
                    // swan: a tall neck and a wavy base
                    Glyph.of(2, "22,22 46,0 70,16 66,44 42,72 12,96! 36,86 62,96 90,86"),
                    // angular
                    Glyph.of(1, "12,8 50,2 78,10 76,34 46,66 14,96! 88,98")),
            ImmutableList.of(
                    // two bows and a corner
                    Glyph.of(3, "14,14 42,0 72,10 74,34 40,47! 74,56 84,78 56,99 12,88"),
                    // with a small loop in the middle
                    Glyph.of(2, "16,10 46,0 76,14 66,40 44,50 36,44 50,46 80,64 76,90 44,100 12,90"),
                    // flat on top
                    Glyph.of(1, "18,3 78,2! 42,40! 74,48 84,74 62,97 14,92"),
                    // soft, a wave without a corner
                    Glyph.of(2, "20,8 52,0 74,18 56,42 42,49 64,54 82,76 56,98 14,94")),
            ImmutableList.of(
                    // open: a bent arm, then the stem
                    Glyph.of(3, "24,4 16,34 12,58! 50,56 88,54", "72,8 68,54 64,100"),
                    // closed: a pointed top
                    Glyph.of(2, "90,68 50,67 8,68! 36,34 64,0! 64,50 63,100"),
                    // open and round, in one stroke
                    Glyph.of(2, "20,6 14,38 36,52 66,44 80,6! 72,50 66,100"),
                    // open, the stem short and crossed low
                    Glyph.of(1, "40,0 24,34 8,66! 50,66 92,64", "64,34 62,66 58,100")),
            ImmutableList.of(
                    // hat, corner, bow in one stroke
                    Glyph.of(3, "82,3 54,2 28,4! 24,24 20,44! 50,36 80,54 78,82 48,100 12,90"),
                    // bow first, hat last
                    Glyph.of(2, "30,4 26,24 22,46! 50,38 80,58 74,88 44,100 12,92", "29,4 56,3 84,0"),
                    // soft, like an S
                    Glyph.of(2, "80,4 48,4 26,20 34,42 66,54 80,76 56,98 14,94"),
                    // hat that rises
                    Glyph.of(1, "90,0 60,6 34,10! 24,44! 48,42 70,56 70,82 44,98 16,90")),
            ImmutableList.of(
                    // a curved stem and a round belly
                    Glyph.of(3, "68,0 36,24 14,62 24,93 54,100 80,80 70,57 42,56 18,74"),
                    // a straight stem, a small belly
                    Glyph.of(2, "56,0 34,36 18,72 34,98 66,96 76,74 54,60 22,76"),
                    // curled on top
                    Glyph.of(1, "80,12 58,0 28,22 12,62 26,95 58,100 84,80 74,58 46,56 18,74"),
                    // belly closed by a loop over the stem
                    Glyph.of(2, "48,0 24,38 16,78 40,100 74,88 74,64 48,56 24,72 16,88")),
            ImmutableList.of(
                    // a roof and a leg
                    Glyph.of(4, "10,6 48,5 86,4! 62,48 44,100"),
                    // with a bar
                    Glyph.of(2, "10,6 48,5 86,3! 60,50 42,100", "32,52 54,50 78,48"),
                    // with a serif
                    Glyph.of(1, "12,24 15,4! 50,5 86,4! 58,54 44,100"),
                    // a wavy roof and a bent leg
                    Glyph.of(2, "8,16 28,3 52,9 84,4! 72,30 56,62 50,100")),
            ImmutableList.of(
                    // an S, closed upwards
                    Glyph.of(3, "76,14 48,0 24,18 40,42 70,60 78,84 48,100 20,84 30,60 62,40 76,20 66,4"),
                    // two rings
                    Glyph.of(2, "50,47 26,30 30,7 52,0 74,9 72,32 50,47 20,66 22,92 50,100 80,91 80,66 52,48"),
                    // slim, crossed in the middle
                    Glyph.of(2, "72,12 48,0 30,16 40,42 60,60 66,86 46,100 30,86 38,62 60,38 74,10"),
                    // begun in the middle, the upper ring last
                    Glyph.of(1, "44,46 70,62 76,86 48,100 22,86 34,60 66,36 70,10 46,0 28,16 40,42 54,52")),
            ImmutableList.of(
                    // a ring and a straight stem
                    Glyph.of(3, "80,16 54,1 24,14 18,38 42,52 70,40 80,14! 76,54 70,100"),
                    // a ring and a curved tail
                    Glyph.of(2, "80,20 54,1 22,14 20,40 48,52 74,38 80,14! 82,60 62,96 22,94"),
                    // in one sweep, the stem leaning
                    Glyph.of(2, "76,24 52,46 24,38 24,10 54,0 76,16 76,50 62,100"),
                    // a small ring, not quite closed
                    Glyph.of(1, "70,6 40,4 26,24 38,42 66,34 76,4! 74,50 66,100")));

    private Glyphs() {}

    /**
     * {@return one of its glyphs, as often as its weight says}
     *
     * @param digit 0 to 9
     */
    static Glyph choose(int digit, RandomStream random) {
        ImmutableList<Glyph> glyphs = BY_DIGIT.get(digit);
        int left = random.below(glyphs.stream().mapToInt(Glyph::weight).sum());
        int i = 0;
        while (left >= glyphs.get(i).weight()) {
            left -= glyphs.get(i).weight();
            i++;
        }
        return glyphs.get(i);
    }
}
