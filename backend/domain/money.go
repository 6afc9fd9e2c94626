package domain

import (
	"fmt"
	"math/big"
	"strings"
)

const (
	// maxAmountDigits bounds an amount's text: more is no amount of money.
	maxAmountDigits = 30
	// minDecimals is how many decimals an amount is written with at least.
	minDecimals = 2
)

// Amount is an amount of money as an exact decimal number. The zero Amount is
// nothing. It knows no currency.
type Amount struct {
	// unscaled is the amount times ten to the power of decimals; nil is 0.
	unscaled *big.Int
	decimals int
}

// ParseAmount reads a decimal text such as "200.0" or "-3". Anything else,
// exponents and separators included, is invalid_input.
func ParseAmount(text string) (Amount, error) {
	digits := strings.TrimPrefix(text, "-")
	whole, fraction, dotted := strings.Cut(digits, ".")
	if whole == "" || dotted && fraction == "" || len(digits) > maxAmountDigits || !onlyDigits(whole) || !onlyDigits(fraction) {
		return Amount{}, &Error{Code: CodeInvalidInput, Message: "This is no amount of money."}
	}
	value, ok := new(big.Int).SetString(whole+fraction, 10)
	if !ok {
		return Amount{}, &Error{Code: CodeInvalidInput, Message: "This is no amount of money."}
	}
	if strings.HasPrefix(text, "-") {
		value.Neg(value)
	}
	return Amount{unscaled: value, decimals: len(fraction)}, nil
}

func onlyDigits(text string) bool {
	return strings.IndexFunc(text, func(c rune) bool { return c < '0' || c > '9' }) < 0
}

// Add gives the exact sum.
func (a Amount) Add(b Amount) Amount {
	decimals := max(a.decimals, b.decimals)
	return Amount{unscaled: new(big.Int).Add(a.scaled(decimals), b.scaled(decimals)), decimals: decimals}
}

// Sign is -1, 0 or 1.
func (a Amount) Sign() int {
	if a.unscaled == nil {
		return 0
	}
	return a.unscaled.Sign()
}

// scaled gives the amount times ten to the power of decimals.
func (a Amount) scaled(decimals int) *big.Int {
	if a.unscaled == nil {
		return new(big.Int)
	}
	factor := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals-a.decimals)), nil)
	return factor.Mul(factor, a.unscaled)
}

// String writes the amount with two decimals at least and none lost, such as
// "200.00".
func (a Amount) String() string {
	decimals := max(a.decimals, minDecimals)
	value := a.scaled(decimals)
	sign := ""
	if value.Sign() < 0 {
		sign = "-"
		value.Neg(value)
	}
	digits := fmt.Sprintf("%0*s", decimals+1, value.String())
	split := len(digits) - decimals
	return sign + digits[:split] + "." + digits[split:]
}
