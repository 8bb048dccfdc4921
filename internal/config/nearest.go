package config

import "strings"

// nearest gives the word that is most like the given one, "" where none is like it: at most two
// letters, and less than half of them, changed, added, taken away or swapped.
func nearest(word string, words []string) string {
	best, distance := "", 3
	for _, w := range words {
		d := editDistance(strings.ToLower(word), strings.ToLower(w))
		if d < distance && 2*d < max(len(word), 2) {
			best, distance = w, d
		}
	}
	return best
}

// editDistance is the number of single-letter edits and swaps of neighbours between two words.
func editDistance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
