"""分享图 (share cards): the picture that other sites show beside a link."""
