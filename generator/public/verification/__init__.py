"""证书核验 (certificate check): random codes on printed certificates, and the public data that answers for them.

What is published is made so that it answers somebody who holds a code and tells nobody else anything:

- A code holds 84 bits of chance, and one guess costs :data:`~generator.public.verification.slow_hash.ITERATIONS`
  rounds of PBKDF2. A graphics card that tries 15,000 codes a second would need some 10^10 years for one of
  10,000 certificates.
- Everything that is published of a code (where its entry stands, what it says) is derived from that slow
  hash by HMAC, so an entry can neither be found nor read without the code.
- Shards are filled up to one size with entries that nobody can tell from real ones. The size follows the
  number of public honours, which is public, and not the number of codes.
- Only what is public has an entry. A withheld honour's code is answered like one that never existed,
  because to this data it never did.
- Whenever anything changes, everything changes (:mod:`~generator.public.verification.answer_shards`), so that two
  days' data, laid beside each other, do not tell which entries are real.
"""
